using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

/// <summary>Confluent.Kafka clients that reconnect and retry fast enough for a test.</summary>
internal static class KafkaClients
{
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    internal static IProducer<string, string> Producer(
        EmbeddedKafkaCluster cluster,
        Action<ProducerConfig>? configure = null,
        Action<LogMessage>? onLog = null)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            LingerMs = 0,
            MessageTimeoutMs = (int)Deadline.TotalMilliseconds,
            ReconnectBackoffMs = 10,
            ReconnectBackoffMaxMs = 50,
            RetryBackoffMs = 10,
            TopicMetadataRefreshFastIntervalMs = 20,
        };
        configure?.Invoke(config);
        return new ProducerBuilder<string, string>(config).SetLogHandler((_, log) => onLog?.Invoke(log)).Build();
    }

    internal static IConsumer<string, string> Consumer(
        EmbeddedKafkaCluster cluster,
        string group,
        Action<ConsumerConfig>? configure = null,
        Action<LogMessage>? onLog = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            HeartbeatIntervalMs = 50,
            ReconnectBackoffMs = 10,
            ReconnectBackoffMaxMs = 50,
        };
        configure?.Invoke(config);
        return new ConsumerBuilder<string, string>(config).SetLogHandler((_, log) => onLog?.Invoke(log)).Build();
    }

    internal static ConsumeResult<string, string> ConsumeNext(this IConsumer<string, string> consumer)
    {
        var result = consumer.Consume(Deadline);
        Assert.True(result is not null, $"No record arrived within {Deadline.TotalSeconds} s.");
        return result;
    }

    internal static Task<DeliveryResult<string, string>> SendAsync(
        this IProducer<string, string> producer, string topic, string value, string key = "key") =>
        producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = value });

    internal static async Task<Error> SendAndFailAsync(
        this IProducer<string, string> producer, string topic, string value)
    {
        var failure = await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.SendAsync(topic, value));
        return failure.Error;
    }

    internal static List<TopicMetadata> Topics(EmbeddedKafkaCluster cluster)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = cluster.BootstrapServers }).Build();
        return admin.GetMetadata(Deadline).Topics;
    }
}
