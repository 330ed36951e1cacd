namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>What is stored of a range of offsets.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offsets">Different offsets that are stored, as rows or as dead letters.</param>
/// <param name="DeadLetters">Different offsets that are dead letters, replayed ones not counted.</param>
/// <param name="Redelivered">Rows beyond one an offset, which merging removes.</param>
/// <param name="Duplicates">Offsets beyond one an event: the producer sent it again.</param>
internal sealed record StoredPartition(string Topic, int Partition, long Offsets, long DeadLetters, long Redelivered, long Duplicates);
