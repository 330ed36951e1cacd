using Confluent.Kafka;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>Where the stream stands in a partition.</summary>
/// <param name="topicPartition">The partition.</param>
/// <param name="end">One behind the last record that was there when it was taken up.</param>
internal sealed class UsagePartition(TopicPartition topicPartition, long end)
{
    public TopicPartition TopicPartition { get; } = topicPartition;

    public long End { get; } = end;

    /// <summary>The offset that is read next.</summary>
    public long Next { get; set; }

    /// <summary>What could not be read, until the tables hold it.</summary>
    public UsageGap? Gap { get; set; }
}
