using Confluent.Kafka;
using Telemetry.Events.Testing;

namespace Telemetry.RestProxy.Conformance.Tests;

/// <summary>A Kafka cluster for a class of tests; each test has topics of its own.</summary>
public sealed class KafkaFixture : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private int _topics;

    public EmbeddedKafkaCluster Cluster { get; } = EmbeddedKafkaCluster.Start();

    public string NewTopic(int partitions = 1)
    {
        var name = $"topic-{Interlocked.Increment(ref _topics)}";
        Cluster.CreateTopic(name, partitions);
        return name;
    }

    /// <summary>The topic's records by partition and offset: all that are there, and at least so many.</summary>
    public IReadOnlyList<ConsumeResult<byte[]?, byte[]?>> Read(string topic, int atLeast)
    {
        var config = new ConsumerConfig { BootstrapServers = Cluster.BootstrapServers, GroupId = "unused", EnablePartitionEof = true };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, Deadline).Topics.Single().Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));

        var records = new List<ConsumeResult<byte[]?, byte[]?>>();
        var ends = new HashSet<int>();
        var until = DateTime.UtcNow + Deadline;
        while (records.Count < atLeast || ends.Count < partitions.Count)
        {
            Assert.True(DateTime.UtcNow < until, $"{records.Count} of {atLeast} records within {Deadline}");
            var result = consumer.Consume(TimeSpan.FromMilliseconds(100));
            if (result is null)
                continue;
            if (result.IsPartitionEOF)
                ends.Add(result.Partition.Value);
            else
                records.Add(result);
        }

        return [.. records.OrderBy(record => record.Partition.Value).ThenBy(record => record.Offset.Value)];
    }

    public void Dispose() => Cluster.Dispose();
}
