using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Kafka.Tests.Consuming;

/// <summary>An embedded broker, a bare producer in front of it and the consumers of one test behind it.</summary>
internal sealed class ConsumerBench : IAsyncDisposable
{
    public const string Topic = "events";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly List<RunningConsumer> _consumers = [];

    public ConsumerBench(int partitions = 2)
    {
        Kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, partitions)] });
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = Kafka.BootstrapServers, LingerMs = 0 }).Build();
    }

    public EmbeddedKafkaCluster Kafka { get; }

    /// <summary>Options with sessions so short that a second consumer is let in soon.</summary>
    public EventConsumerOptions Options(Action<EventConsumerOptions>? configure = null)
    {
        var options = new EventConsumerOptions
        {
            ConnectionString = Kafka.BootstrapServers,
            GroupId = "tests",
            Topics = { Topic },
            RetryDelay = TimeSpan.FromMilliseconds(50),
            RetryMaxDelay = TimeSpan.FromMilliseconds(200),
        };
        options.Properties["session.timeout.ms"] = "2000";
        options.Properties["heartbeat.interval.ms"] = "200";
        configure?.Invoke(options);
        return options;
    }

    public RunningConsumer Run(
        IConsumedBatchHandler handler, Action<EventConsumerOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        var consumer = new RunningConsumer(new EventConsumer($"consumer-{_consumers.Count}", Options(configure), handler, loggers));
        _consumers.Add(consumer);
        return consumer;
    }

    public static byte[] Event(string id, string type = "tests.thing.happen", string data = "{}") => Encoding.UTF8.GetBytes(
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/tests","type":"{{type}}","time":"2026-01-31T12:00:00Z","data":{{data}}}""");

    public async Task ProduceAsync(int first, int count, int? partition = null)
    {
        for (var i = first; i < first + count; i++)
            await ProduceAsync(Event($"{i}"), partition ?? i % 2);
    }

    public Task ProduceAsync(byte[] value, int partition) => _producer.ProduceAsync(
        new TopicPartition(Topic, partition), new Message<byte[], byte[]> { Key = "k"u8.ToArray(), Value = value });

    /// <summary>Produces events in one request, so that one fetch brings all of them.</summary>
    public async Task ProduceTogetherAsync(int count)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = Kafka.BootstrapServers, LingerMs = 60_000, BatchNumMessages = count }).Build();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => producer.ProduceAsync(
            new TopicPartition(Topic, 0), new Message<byte[], byte[]> { Key = "k"u8.ToArray(), Value = Event($"{i}") })));
    }

    /// <summary>What the group has committed, over all partitions: the number of records that are never read again.</summary>
    public long Committed(int partitions = 2)
    {
        using var client = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = Kafka.BootstrapServers, GroupId = "tests" }).Build();
        return client.Committed(Enumerable.Range(0, partitions).Select(p => new TopicPartition(Topic, p)), Patience)
            .Sum(entry => entry.Offset.IsSpecial ? 0 : entry.Offset.Value);
    }

    public static async Task UntilAsync(Func<bool> condition, Func<string>? otherwise = null, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"The condition did not come true in time. {otherwise?.Invoke()}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
            await consumer.DisposeAsync();
        _producer.Dispose();
        await Kafka.DisposeAsync();
    }
}
