using System.Buffers;
using System.Text.Unicode;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>
/// Reads events as the SDK writes them: JSON without white space and without escapes, attributes that are strings, the data last and
/// flat. It says nothing of other records, good or bad.
/// </summary>
internal static class PlainUsage
{
    // Control characters, which JSON has no place for in a text, and the sign of an escape.
    private static readonly SearchValues<byte> NotPlain =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(control => (byte)control), (byte)'\\']);

    private const int MostExact = 15;

    private static ReadOnlySpan<byte> End => "}}"u8;

    /// <summary>Reads a record.</summary>
    /// <returns>Whether it was recognised: then it is usage, by the rules of the tables too.</returns>
    public static bool TryRead(UsageTopic topic, ReadOnlySpan<byte> value, out UsageRecord record)
    {
        record = default;
        if (!topic.IsQuick)
            return false;
        var read = default(UsageRecord);
        var prefix = topic.Prefixes.FindLast(value);
        var length = prefix?.Bytes.Length ?? value.IndexOf(PlainPrefixes.End);
        if (prefix is null && length > 0)
            prefix = topic.Prefixes.Find(value[..length]);
        if (prefix is null)
        {
            if (!IsPlain(value) || !TryReadAll(topic, value, length, ref read))
                return false;
        }
        else
        {
            var rest = value[length..];
            if (!IsPlain(rest))
                return false;
            read.Resource = prefix.Resource;
            read.Tenant = value[prefix.Tenant];
            // The prefix ends within the producer's text.
            var json = new PlainJson(rest[2..]);
            var envelope = new PlainEnvelope { Seen = prefix.Seen };
            if (!envelope.TryRead(ref json, ref read) || !TryReadData(topic, ref json, prefix.Required, ref read))
                return false;
        }

        record = read;
        return true;
    }

    private static bool IsPlain(ReadOnlySpan<byte> text) => !text.ContainsAny(NotPlain) && Utf8.IsValid(text);

    private static bool TryReadAll(UsageTopic topic, ReadOnlySpan<byte> value, int length, ref UsageRecord read)
    {
        var json = new PlainJson(value);
        var envelope = default(PlainEnvelope);
        if (!json.TryTake((byte)'{') || !envelope.TryRead(ref json, ref read))
            return false;
        read.Resource = topic.ResourceOf(envelope.Type, out var required);
        if (read.Resource < 0 || !TryReadData(topic, ref json, required, ref read))
            return false;
        // Kept only if the attributes before the sequence, and no others, are what the prefix holds.
        if (envelope.SeenBeforeSequence is var seen and > 0 && length > 0 && topic.Prefixes.Wants(value[..length]))
            topic.Prefixes.Add(Prefix(value, length, seen, read, required));
        return true;
    }

    private static PlainPrefix Prefix(ReadOnlySpan<byte> value, int length, int seen, in UsageRecord read, ulong required)
    {
        var hasTenant = value[..length].Overlaps(read.Tenant, out var start) && !read.Tenant.IsEmpty;
        return new PlainPrefix(value[..length].ToArray(), seen, read.Resource, required, hasTenant ? start..(start + read.Tenant.Length) : 0..0);
    }

    private static bool TryReadData(UsageTopic topic, scoped ref PlainJson json, ulong required, ref UsageRecord record)
    {
        var seen = 0UL;
        var (hasUser, hasCredits) = (false, false);
        do
        {
            if (!json.TryTakeName(out var name))
                return false;
            var kind = topic.FieldOf(name, out var bit);
            if ((seen & bit) != 0 || !TryReadField(topic.Rules, kind, ref json, ref record))
                return false;
            seen |= bit;
            hasUser |= kind == UsageField.User;
            hasCredits |= kind == UsageField.Credits;
        }
        while (json.TryTake((byte)','));
        return hasUser && hasCredits && (seen & required) == required && json.Rest.SequenceEqual(End);
    }

    // A floating-point number of so few digits is its own text again. A decimal rounds none of those that are taken here.
    private static bool TryReadCredits(UsageRules rules, ReadOnlySpan<byte> number, out QuotaAmount amount) =>
        number.Length <= MostExact || rules == UsageRules.DuckDb
            ? QuotaAmountText.TryParse(number, out amount)
            : ClickHouseRules.TryReadCredits(number, out amount);

    private static bool TryReadField(UsageRules rules, UsageField kind, scoped ref PlainJson json, ref UsageRecord record) => kind switch
    {
        UsageField.User => json.TryTakeText(out record.User),
        UsageField.Task => json.TryTakeText(out record.Task),
        UsageField.Text => json.TryTakeText(out _),
        UsageField.Number => json.TryTakeNumber(out _),
        UsageField.Credits => json.TryTakeNumber(out var number) && TryReadCredits(rules, number, out record.Amount),
        UsageField.Unknown => json.TryTakeText(out _) || json.TryTakeNumber(out _),
        _ => false,
    };
}
