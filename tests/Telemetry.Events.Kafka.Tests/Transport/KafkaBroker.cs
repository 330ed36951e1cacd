using System.Text;
using Confluent.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>An embedded broker with one topic, transports to it, and a reader that knows nothing of them.</summary>
internal sealed class KafkaBroker(int partitionCount = 4) : IAsyncDisposable
{
    public const string Topic = "events";

    public EmbeddedKafkaCluster Cluster { get; } = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, partitionCount)] });

    public static OutgoingEvent[] Batch(int count, Func<int, string?> key) =>
    [
        .. Enumerable.Range(0, count).Select(i => new OutgoingEvent(
            Guid.NewGuid(),
            Topic,
            key(i) is { } text ? Encoding.UTF8.GetBytes(text) : default,
            Encoding.UTF8.GetBytes($$"""{"n":{{i}}}"""))),
    ];

    /// <summary>Sends once, within the patience.</summary>
    public static async Task<DeliveryOutcome[]> SendAsync(
        KafkaTransport transport, OutgoingEvent[] batch, CancellationToken cancellationToken = default)
    {
        var outcomes = new DeliveryOutcome[batch.Length];
        await transport.SendAsync(batch, outcomes, cancellationToken).AsTask().WaitAsync(Wait.Patience, CancellationToken.None);
        return outcomes;
    }

    public KafkaTransport CreateTransport(
        KafkaClient client, Action<KafkaTransportOptions>? configure = null, LogCapture? logs = null)
    {
        var options = new KafkaTransportOptions { ConnectionString = Cluster.BootstrapServers, Client = client };
        configure?.Invoke(options);
        return new KafkaTransport(
            KafkaTransport.DefaultName, options, new TelemetryEventsOptions { ServiceName = "tests" }, TimeProvider.System, logs);
    }

    public List<ConsumeResult<byte[], byte[]>> Consume(int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = Cluster.BootstrapServers,
            GroupId = "tests",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(Topic);
        var records = new List<ConsumeResult<byte[], byte[]>>();
        while (records.Count < count)
            records.Add(consumer.Consume(Wait.Patience) ?? throw new TimeoutException($"{records.Count} of {count} records arrived."));
        consumer.Close();
        return records;
    }

    /// <summary>All records that there are.</summary>
    public List<ConsumeResult<byte[], byte[]>> ReadAll()
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = Cluster.BootstrapServers, GroupId = "all", EnableAutoCommit = false }).Build();
        var partitions = Enumerable.Range(0, partitionCount).Select(partition => new TopicPartition(Topic, partition)).ToList();
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var left = partitions.Sum(partition => consumer.QueryWatermarkOffsets(partition, Wait.Patience).High.Value);
        var records = new List<ConsumeResult<byte[], byte[]>>();
        while (records.Count < left)
            records.Add(consumer.Consume(Wait.Patience) ?? throw new TimeoutException($"{records.Count} of {left} records arrived."));
        return records;
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
