namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>One partition's account: what Kafka has handed out, and where it stands.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first offset that was looked at.</param>
/// <param name="Taken">One behind the last offset that ClickHouse, or the Collector, has taken and committed.</param>
/// <param name="End">One behind the last offset in Kafka.</param>
/// <param name="Lag">Records in Kafka that are not taken yet.</param>
/// <param name="Stored">Different offsets from <paramref name="From"/> on that are rows or dead letters.</param>
/// <param name="Missing">Offsets taken that are neither: lost records, tombstones, or a transaction's markers.</param>
/// <param name="DeadLetters">Offsets that are dead letters.</param>
/// <param name="Redelivered">Rows that came more than once and are not merged yet.</param>
/// <param name="Duplicates">Events that their producer sent more than once.</param>
internal sealed record PartitionProof(
    string Topic, int Partition, long From, long Taken, long End, long Lag, long Stored, long Missing, long DeadLetters, long Redelivered, long Duplicates)
{
    public static PartitionProof Of(KafkaPartition kafka, StoredPartition? stored)
    {
        var taken = Math.Max(kafka.Low, kafka.Committed ?? kafka.Low);
        var offsets = stored?.Offsets ?? 0;
        return new PartitionProof(
            kafka.Topic, kafka.Partition, kafka.Low, taken, kafka.High, kafka.Lag, offsets, Math.Max(0, taken - kafka.Low - offsets),
            stored?.DeadLetters ?? 0, stored?.Redelivered ?? 0, stored?.Duplicates ?? 0);
    }
}
