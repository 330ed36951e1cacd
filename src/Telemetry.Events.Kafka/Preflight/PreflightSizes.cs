using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Checks the largest event against the client's limit and each topic's.</summary>
internal static class PreflightSizes
{
    // librdkafka's message.max.bytes and batch.size.
    private const int Default = 1_000_000;

    public static PreflightFinding OfClient(int maxEventBytes, ProducerConfig config)
    {
        const string Check = "message size";
        var limit = config.MessageMaxBytes ?? Default;
        return limit >= maxEventBytes
            ? new(PreflightStatus.Ok, Check, $"The client takes events of {maxEventBytes:N0} bytes.")
            : new(
                PreflightStatus.Failed,
                Check,
                $"Events of up to {maxEventBytes:N0} bytes are accepted, but the client's message.max.bytes is {limit:N0}: larger ones are dropped.",
                "Raise message.max.bytes, or lower MaxEventBytes.");
    }

    public static PreflightFinding OfTopic(
        string topic, IReadOnlyDictionary<string, ConfigEntryResult>? settings, int maxEventBytes, ProducerConfig config)
    {
        var batchSize = config.BatchSize ?? Default;
        var check = $"message size of {topic}";
        if (settings is null
            || !settings.TryGetValue("max.message.bytes", out var entry)
            || !int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
        {
            return new(PreflightStatus.NotChecked, check, "The broker does not tell its limit.");
        }

        if (limit < maxEventBytes)
        {
            return new(
                PreflightStatus.Failed, check, $"The topic takes {limit:N0} bytes; events of up to {maxEventBytes:N0} bytes are accepted, and larger ones dropped.",
                "Raise the topic's max.message.bytes, or lower MaxEventBytes.");
        }

        // The topic's limit is one on a whole batch of records, which librdkafka does not split.
        return limit < batchSize
            ? new(
                PreflightStatus.Warning, check, $"The topic takes {limit:N0} bytes at once, but the client sends up to {batchSize:N0}: what is refused goes one by one.",
                $"Set the librdkafka property batch.size to {limit:N0} or less, or raise the topic's max.message.bytes.")
            : new(PreflightStatus.Ok, check, $"The topic takes {limit:N0} bytes.");
    }
}
