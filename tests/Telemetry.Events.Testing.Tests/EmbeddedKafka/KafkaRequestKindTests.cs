using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

[Trait("Category", "Integration")]
public sealed class KafkaRequestKindTests
{
    // A synchronous commit that lost its connection may take the client half a minute to repeat.
    public static TheoryData<KafkaRequestKind> AllButCommit =>
        [.. Enum.GetValues<KafkaRequestKind>().Where(kind => kind != KafkaRequestKind.OffsetCommit)];

    private static EmbeddedKafkaCluster StartCluster() =>
        EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("orders")] });

    // A kind that librdkafka ignores would look like a fault that was injected and survived. It does not log every connection that it
    // loses, so that a silent one is tried again; without the fault all would be silent.
    [Theory]
    [MemberData(nameof(AllButCommit))]
    public async Task A_request_of_any_kind_can_be_made_to_lose_its_connection(KafkaRequestKind kind)
    {
        var disconnects = 0;
        for (var attempt = 0; attempt < 3 && disconnects == 0; attempt++)
            disconnects = await CountDisconnectsAsync(kind);

        Assert.NotEqual(0, disconnects);
    }

    [Fact]
    public async Task A_commit_can_be_made_to_fail()
    {
        await using var cluster = StartCluster();
        using var producer = KafkaClients.Producer(cluster);
        using var consumer = KafkaClients.Consumer(cluster, "readers");
        await producer.SendAsync("orders", "value");
        consumer.Subscribe("orders");
        var record = consumer.ConsumeNext();

        cluster.FailNextRequests(KafkaRequestKind.OffsetCommit, ErrorCode.GroupAuthorizationFailed);
        var failure = Assert.Throws<KafkaException>(() => consumer.Commit(record));

        Assert.Equal(ErrorCode.GroupAuthorizationFailed, failure.Error.Code);
        consumer.Close();
    }

    private static async Task<int> CountDisconnectsAsync(KafkaRequestKind kind)
    {
        await using var cluster = StartCluster();
        var disconnects = new ConcurrentQueue<string>();
        void Watch(LogMessage log)
        {
            if (log.Message.Contains("Disconnected", StringComparison.Ordinal))
                disconnects.Enqueue(log.Message);
        }

        // At the ordinary level librdkafka keeps some lost connections to itself, such as one that it takes for idle.
        void Configure(ClientConfig config) => config.Debug = "broker";

        cluster.FailNextRequests(kind, ErrorCode.Local_Transport);
        using (var producer = KafkaClients.Producer(
            cluster,
            config =>
            {
                Configure(config);
                config.EnableIdempotence = true;
            },
            Watch))
        {
            await producer.SendAsync("orders", "value");
        }

        using (var consumer = KafkaClients.Consumer(cluster, "readers", Configure, Watch))
        {
            consumer.Subscribe("orders");
            consumer.Commit(consumer.ConsumeNext());
            if (kind == KafkaRequestKind.Heartbeat)
                Assert.True(SpinWait.SpinUntil(() => !disconnects.IsEmpty, KafkaClients.Deadline));
            consumer.Close();
        }

        return disconnects.Count;
    }
}
