using Confluent.Kafka;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>Makes Kafka clients that belong to no group's members and commit nothing.</summary>
internal static class AssignedConsumer
{
    /// <param name="connectionString">The brokers, in a form of <see cref="KafkaConnectionString"/>.</param>
    /// <param name="group">Whose commits it can ask for; it never joins.</param>
    /// <param name="clientId">How brokers name it in their logs.</param>
    public static IConsumer<byte[], byte[]> Create(string connectionString, string group, string clientId) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(KafkaConnectionString.Parse(connectionString).ToClientConfig())
        {
            ClientId = clientId,
            GroupId = group,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AllowAutoCreateTopics = false,
            EnablePartitionEof = true,
            // An offset that is not there any more is told, and never passed over.
            AutoOffsetReset = AutoOffsetReset.Error,
            SocketKeepaliveEnable = true,
        }).SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>All partitions of a topic, by number; none where the topic is not there.</summary>
    /// <exception cref="KafkaException">The brokers do not answer, or the topic cannot be used now.</exception>
    public static List<TopicPartition> Partitions(IClient client, string topic, TimeSpan timeout)
    {
        using var admin = new DependentAdminClientBuilder(client.Handle).Build();
        var metadata = admin.GetMetadata(topic, timeout).Topics.Single();
        if (metadata.Error.Code == ErrorCode.UnknownTopicOrPart)
            return [];
        if (metadata.Error.IsError)
            throw new KafkaException(metadata.Error);
        return [.. Enumerable.Range(0, metadata.Partitions.Count).Select(partition => new TopicPartition(topic, partition))];
    }
}
