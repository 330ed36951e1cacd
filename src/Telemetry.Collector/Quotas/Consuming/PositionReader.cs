using Confluent.Kafka;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>
/// Asks Kafka how far the groups that fill the tables have committed: what is below is stored. It joins none of them.
/// </summary>
/// <remarks>Blocks its thread; call it from one at a time.</remarks>
internal sealed class PositionReader(string connectionString, string groupPrefix, IReadOnlyList<string> topics) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IConsumer<byte[], byte[]>> _clients = [];

    /// <summary>The positions of all topics; a topic that is not there has none.</summary>
    /// <exception cref="KafkaException">The brokers do not answer.</exception>
    public UsagePositions Read() => new(topics.ToDictionary(topic => topic, IReadOnlyList<long> (topic) => Read(topic)));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private long[] Read(string topic)
    {
        // A client can ask for the commits of its own group alone.
        if (!_clients.TryGetValue(topic, out var client))
            _clients[topic] = client = AssignedConsumer.Create(connectionString, $"{groupPrefix}-{topic}", "quota-positions");
        var partitions = AssignedConsumer.Partitions(client, topic, Timeout);
        var next = new long[partitions.Count];
        foreach (var committed in client.Committed(partitions, Timeout))
        {
            // Who has committed nothing, or nothing that Kafka still remembers, goes on at the first record that is there.
            next[committed.Partition.Value] = committed.Offset.IsSpecial
                ? client.QueryWatermarkOffsets(committed.TopicPartition, Timeout).Low.Value
                : committed.Offset.Value;
        }

        return next;
    }
}
