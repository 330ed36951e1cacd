using Confluent.Kafka;
using Telemetry.Events.Testing;

namespace Telemetry.Tests.Shared.Kafka;

/// <summary>Reads a topic from its beginning, each partition in its order.</summary>
internal static class KafkaReader
{
    public static List<ConsumeResult<byte[]?, byte[]>> Read(
        EmbeddedKafkaCluster kafka, string topic, int partitions, int count, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]>(new ConsumerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            GroupId = "reader",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            // The broker would hold each answer half a second for more: there is no more, and hundreds of tests read.
            FetchWaitMaxMs = 10,
            FetchErrorBackoffMs = 10,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var records = new List<ConsumeResult<byte[]?, byte[]>>();
        var ended = new HashSet<int>();
        try
        {
            while (records.Count < count || ended.Count < partitions)
            {
                var result = consumer.Consume(cancellationToken);
                if (result.IsPartitionEOF)
                    ended.Add(result.Partition.Value);
                else
                    records.Add(result);
            }
        }
        catch (OperationCanceledException)
        {
            // What there is is the answer.
        }

        return records;
    }
}
