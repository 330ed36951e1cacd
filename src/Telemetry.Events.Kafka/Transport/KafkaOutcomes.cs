using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Turns librdkafka's word about one event into an outcome, by <see cref="KafkaErrorTable"/>.</summary>
internal static class KafkaOutcomes
{
    /// <summary>The reason of what a producer took back because it had failed for good; of <see cref="KafkaErrorTable"/>.</summary>
    public const string Fatal = "fatal";

    public static DeliveryOutcome From(DeliveryReport<byte[]?, byte[]> report) =>
        report.Error.IsError
            ? From(report.Error.Code, report.Status)
            : DeliveryOutcome.Delivered(report.Partition.Value, report.Offset.Value);

    public static DeliveryOutcome From(ErrorCode code, PersistenceStatus stored = PersistenceStatus.NotPersisted)
    {
        var entry = KafkaErrorTable.Find(code);
        return (entry.Status, stored) switch
        {
            (DeliveryStatus.Delivered, _) or (_, PersistenceStatus.Persisted) => DeliveryOutcome.Delivered(),
            (DeliveryStatus.Final, _) => DeliveryOutcome.Final(entry.Reason),
            (DeliveryStatus.Retriable, PersistenceStatus.NotPersisted) => DeliveryOutcome.Retriable(entry.Reason),
            _ => DeliveryOutcome.Unknown(entry.Reason),
        };
    }

    /// <summary>Gives events that a purge took back, or that nothing is known of, the reason of the purge instead of the purge's own.</summary>
    public static void NamePurged(Span<DeliveryOutcome> outcomes, string reason)
    {
        foreach (ref var outcome in outcomes)
        {
            if (outcome.Reason is "purge_queue")
                outcome = DeliveryOutcome.Retriable(reason);
            else if (outcome is { Status: DeliveryStatus.Unknown, Reason: null or "purge_inflight" })
                outcome = DeliveryOutcome.Unknown(reason);
        }
    }
}
