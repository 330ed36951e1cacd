using System.Text;
using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

[Trait("Category", "Integration")]
public sealed class EmbeddedKafkaClusterTests
{
    private static EmbeddedKafkaCluster StartWith(params EmbeddedKafkaTopic[] topics) =>
        EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = topics });

    [Fact]
    public async Task Records_come_back_with_key_value_and_headers()
    {
        await using var cluster = StartWith(new EmbeddedKafkaTopic("orders"));
        using var producer = KafkaClients.Producer(cluster);
        using var consumer = KafkaClients.Consumer(cluster, "readers");
        var message = new Message<string, string>
        {
            Key = "user-1",
            Value = """{"amount":1}""",
            Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes("application/json") } },
        };

        await producer.ProduceAsync("orders", message);
        consumer.Subscribe("orders");
        var read = consumer.ConsumeNext().Message;

        Assert.Equal(message.Key, read.Key);
        Assert.Equal(message.Value, read.Value);
        var header = Assert.Single(read.Headers);
        Assert.Equal("content-type", header.Key);
        Assert.Equal("application/json", Encoding.UTF8.GetString(header.GetValueBytes()));
        consumer.Close();
    }

    [Fact]
    public async Task Named_topics_have_the_partitions_asked_for()
    {
        await using var cluster = StartWith(new EmbeddedKafkaTopic("one"), new EmbeddedKafkaTopic("seven", 7));
        cluster.CreateTopic("later", 3);

        var partitions = KafkaClients.Topics(cluster).ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);

        Assert.Equal(new Dictionary<string, int> { ["one"] = 1, ["seven"] = 7, ["later"] = 3 }, partitions);
    }

    [Fact]
    public async Task A_topic_that_nobody_named_appears_with_four_partitions()
    {
        await using var cluster = EmbeddedKafkaCluster.Start();
        using var producer = KafkaClients.Producer(cluster);

        await producer.SendAsync("unnamed", "value");

        Assert.Equal(4, Assert.Single(KafkaClients.Topics(cluster)).Partitions.Count);
    }

    [Fact]
    public async Task Creating_a_topic_twice_is_refused()
    {
        await using var cluster = StartWith(new EmbeddedKafkaTopic("orders"));

        var error = Assert.Throws<InvalidOperationException>(() => cluster.CreateTopic("orders"));

        Assert.Contains("'orders' exists already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_goes_on_from_its_commit_after_the_consumer_restarted()
    {
        await using var cluster = StartWith(new EmbeddedKafkaTopic("orders"));
        using var producer = KafkaClients.Producer(cluster);
        await producer.SendAsync("orders", "first");
        await producer.SendAsync("orders", "second");

        // The embedded broker holds back whoever rejoins a group: for this time-out less one second.
        void ShortSession(ConsumerConfig config) => config.SessionTimeoutMs = 2000;
        using (var before = KafkaClients.Consumer(cluster, "readers", ShortSession))
        {
            before.Subscribe("orders");
            before.Commit(before.ConsumeNext());
            before.Close();
        }

        using var after = KafkaClients.Consumer(cluster, "readers", ShortSession);
        after.Subscribe("orders");
        Assert.Equal("second", after.ConsumeNext().Message.Value);
        after.Close();
    }

    [Fact]
    public async Task An_idempotent_producer_delivers_in_order()
    {
        await using var cluster = StartWith(new EmbeddedKafkaTopic("orders"));
        using var producer = KafkaClients.Producer(cluster, config => config.EnableIdempotence = true);

        var sent = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => producer.SendAsync("orders", $"{n}")));

        Assert.Equal(Enumerable.Range(0, 100).Select(n => (long)n), sent.Select(result => result.Offset.Value));
    }

    [Fact]
    public async Task All_brokers_are_listed_and_lead_partitions()
    {
        await using var cluster = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { BrokerCount = 3 });
        for (var broker = 1; broker <= cluster.BrokerCount; broker++)
            cluster.SetPartitionLeader($"led-by-{broker}", 0, broker);

        var leaders = KafkaClients.Topics(cluster).ToDictionary(topic => topic.Topic, topic => topic.Partitions[0].Leader);

        Assert.Equal(3, cluster.BootstrapServers.Split(',').Length);
        Assert.Equal(new Dictionary<string, int> { ["led-by-1"] = 1, ["led-by-2"] = 2, ["led-by-3"] = 3 }, leaders);
    }

    [Fact]
    public async Task Two_clusters_side_by_side_share_nothing()
    {
        await using var left = StartWith(new EmbeddedKafkaTopic("orders"));
        await using var right = StartWith(new EmbeddedKafkaTopic("orders"));
        using var leftProducer = KafkaClients.Producer(left);
        using var rightProducer = KafkaClients.Producer(right);

        await leftProducer.SendAsync("orders", "left");
        left.TakeAllBrokersDown();
        var delivered = await rightProducer.SendAsync("orders", "right");

        Assert.NotEqual(left.BootstrapServers, right.BootstrapServers);
        Assert.Equal(0, delivered.Offset.Value);
    }

    [Fact]
    public async Task A_partition_forgets_its_oldest_records_beyond_five_megabytes()
    {
        await using var cluster = StartWith(new EmbeddedKafkaTopic("orders"));
        using var producer = KafkaClients.Producer(cluster);
        var value = new string('x', 900_000);
        for (var n = 0; n < 10; n++)
            await producer.SendAsync("orders", value);

        using var consumer = KafkaClients.Consumer(cluster, "readers");
        var watermarks = consumer.QueryWatermarkOffsets(new TopicPartition("orders", 0), KafkaClients.Deadline);

        Assert.Equal(10, watermarks.High.Value);
        Assert.InRange(watermarks.Low.Value, 1, 9);
    }
}
