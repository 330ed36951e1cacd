namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>Offsets of one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first offset.</param>
/// <param name="To">One behind the last offset.</param>
internal sealed record PartitionRange(string Topic, int Partition, long From, long To);
