namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>What Kafka knows of a partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Low">The first offset that is still there.</param>
/// <param name="High">One behind the last.</param>
/// <param name="Committed">Where the group that writes the tables goes on reading; null where it has committed nothing.</param>
internal sealed record KafkaPartition(string Topic, int Partition, long Low, long High, long? Committed)
{
    /// <summary>Records that wait.</summary>
    public long Lag => Math.Max(0, High - Math.Max(Low, Committed ?? Low));
}
