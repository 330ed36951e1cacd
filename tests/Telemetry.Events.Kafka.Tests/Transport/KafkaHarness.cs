using Confluent.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>Kafka's wire protocol by the embedded cluster; read back by a consumer that knows nothing of the transport.</summary>
internal sealed class KafkaHarness : TransportHarness
{
    private const int Partitions = 4;
    private const int MaxMessageBytes = 1_000_000;

    private readonly EmbeddedKafkaCluster _kafka;

    private readonly KafkaClient _client;

    public KafkaHarness(KafkaClient client)
    {
        _client = client;
        _kafka = EmbeddedKafkaCluster.Start(
            new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, Partitions)] });
    }

    public override TransportCapabilities Capabilities => TransportCapabilities.Outage | TransportCapabilities.SizeLimit;

    public override int TooLargeBytes => MaxMessageBytes + 1;

    public override ValueTask<IEventTransport> CreateTransportAsync()
    {
        var options = new KafkaTransportOptions { ConnectionString = _kafka.BootstrapServers, Client = _client };
        options.Properties["message.max.bytes"] = $"{MaxMessageBytes}";
        return ValueTask.FromResult<IEventTransport>(new KafkaTransport(
            KafkaTransport.DefaultName, options, new TelemetryEventsOptions { ServiceName = "tests" }, TimeProvider.System));
    }

    public override ValueTask TakeDownAsync()
    {
        _kafka.TakeAllBrokersDown();
        return ValueTask.CompletedTask;
    }

    public override ValueTask BringUpAsync()
    {
        _kafka.BringAllBrokersUp();
        return ValueTask.CompletedTask;
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<StoredEvent>>(() => Consume(count, cancellationToken), CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await _kafka.DisposeAsync();
        await base.DisposeAsync();
    }

    private List<StoredEvent> Consume(int count, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]>(new ConsumerConfig
        {
            BootstrapServers = _kafka.BootstrapServers,
            GroupId = "contract",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        var stored = new List<StoredEvent>();
        var ended = new HashSet<int>();
        try
        {
            while (stored.Count < count || ended.Count < Partitions)
            {
                var result = consumer.Consume(cancellationToken);
                if (result.IsPartitionEOF)
                    ended.Add(result.Partition.Value);
                else
                    stored.Add(new StoredEvent(result.Topic, result.Partition.Value, result.Message.Key, result.Message.Value));
            }
        }
        catch (OperationCanceledException)
        {
            // What there is is the answer.
        }

        return stored;
    }
}
