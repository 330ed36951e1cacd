using System.Text;
using System.Text.Json;
using Telemetry.Collector.DirectTopics.Embedded;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Events;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>From a record's bytes to usage, by the rules of the tables. Pure.</summary>
/// <remarks>
/// What the SDK writes is read without allocation. Whatever <see cref="PlainUsage"/> does not recognise goes through the decoders that
/// fill the tables, so that a record is usage here if and only if it is a row there.
/// </remarks>
internal static class UsageReader
{
    /// <summary>Reads a record.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="value">Its bytes; texts of the result are views of them, or of copies.</param>
    /// <param name="record">The usage, where it is one.</param>
    public static UsageKind Read(UsageTopic topic, ReadOnlySpan<byte> value, out UsageRecord record) =>
        PlainUsage.TryRead(topic, value, out record) ? UsageKind.Usage : ReadExactly(topic, value, out record);

    /// <summary>Reads a record as the tables' own decoders do. It allocates.</summary>
    public static UsageKind ReadExactly(UsageTopic topic, ReadOnlySpan<byte> value, out UsageRecord record)
    {
        record = default;
        var bytes = value.ToArray();
        if (!EventEnvelopeReader.TryRead(bytes, out var envelope, out _))
            return UsageKind.DeadLetter;
        var consumed = new ConsumedEvent { Topic = topic.Schema.Topic, Partition = 0, Offset = 0, Value = bytes, Envelope = envelope };
        if (!DirectRowDecoder.TryDecode(topic.Schema, consumed, out var row, out _))
            return UsageKind.DeadLetter;
        record.Resource = topic.ResourceOf(Encoding.UTF8.GetBytes(envelope.Type), out _);
        var user = envelope.GetDataString("user_id");
        if (record.Resource < 0 || user is null || !envelope.Data.TryGetProperty("credits", out var credits) ||
            credits.ValueKind != JsonValueKind.Number)
        {
            return UsageKind.NotUsage;
        }

        record.Id = Encoding.UTF8.GetBytes(envelope.Id);
        record.User = Encoding.UTF8.GetBytes(user);
        record.Task = Encoding.UTF8.GetBytes(envelope.GetDataString("task_id") ?? "");
        record.Tenant = Encoding.UTF8.GetBytes(envelope.GetAttribute(EnvelopeAttributes.TenantId) ?? "");
        record.Time = new DateTimeOffset(row.Time, TimeSpan.Zero).ToUnixTimeMilliseconds();
        if (topic.Rules == UsageRules.DuckDb)
            record.Amount = QuotaAmount.From(credits.GetDecimal());
        else if (!ClickHouseRules.TryReadCredits(Encoding.UTF8.GetBytes(credits.GetRawText()), out record.Amount))
            return UsageKind.DeadLetter;
        return UsageKind.Usage;
    }
}
