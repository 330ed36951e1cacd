using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Turns librdkafka's word about one event into an outcome, by <see cref="KafkaErrorTable"/>.</summary>
internal static class KafkaOutcomes
{
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
}
