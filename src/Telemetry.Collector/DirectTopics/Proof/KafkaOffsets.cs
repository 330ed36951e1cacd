using Confluent.Kafka;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>Asks Kafka for offsets. It joins no group: it looks at the one that writes the tables.</summary>
/// <remarks>Blocks its thread; call it from one at a time.</remarks>
internal sealed class KafkaOffsets(string connectionString) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IConsumer<byte[], byte[]>> _clients = [];

    /// <summary>All partitions of a topic; none where the topic is not there.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="group">The consumer group.</param>
    /// <exception cref="KafkaException">The brokers do not answer.</exception>
    public IReadOnlyList<KafkaPartition> Of(string topic, string group)
    {
        var client = Client(group);
        using var admin = new DependentAdminClientBuilder(client.Handle).Build();
        var metadata = admin.GetMetadata(topic, Timeout).Topics.Single();
        if (metadata.Error.IsError)
            return [];
        var partitions = metadata.Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId)).ToList();
        return
        [
            .. client.Committed(partitions, Timeout).OrderBy(committed => committed.Partition.Value).Select(committed =>
            {
                var marks = client.QueryWatermarkOffsets(committed.TopicPartition, Timeout);
                return new KafkaPartition(
                    topic, committed.Partition.Value, marks.Low.Value, marks.High.Value, committed.Offset.IsSpecial ? null : committed.Offset.Value);
            }),
        ];
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    // Committed offsets are asked for by the group that a client belongs to; one that subscribes to nothing is no member of it.
    private IConsumer<byte[], byte[]> Client(string group)
    {
        if (_clients.TryGetValue(group, out var existing))
            return existing;
        var config = new ConsumerConfig(KafkaConnectionString.Parse(connectionString).ToClientConfig())
        {
            GroupId = group,
            EnableAutoCommit = false,
            AllowAutoCreateTopics = false,
        };
        return _clients[group] = new ConsumerBuilder<byte[], byte[]>(config).SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build();
    }
}
