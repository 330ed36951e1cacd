using System.Text;
using Confluent.Kafka;
using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Transport;

/// <summary>What a Kafka consumer finds behind the proxy.</summary>
[Trait("Category", "Integration")]
public class DeliveryTests
{
    private const int Partitions = 12;

    public static TheoryData<RestDialect> Dialects => [RestDialect.ConfluentV2, RestDialect.ConfluentV3, RestDialect.Strimzi];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Ten_thousand_keys_go_to_the_partitions_of_direct_Kafka_with_equal_bytes(RestDialect dialect)
    {
        await using var kafka = Proxy.StartKafka(Partitions);
        await using var proxy = await StartAsync(dialect, kafka);
        var random = new Random(20261124);
        var batch = TestEvents.Numbered(10_000, _ => RandomKey(random));

        var outcomes = await proxy.SendAsync(batch);

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        var direct = await DirectPartitionsAsync(kafka, batch);
        Assert.Equal(direct, outcomes.Select(outcome => outcome.Partition));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var records = KafkaReader.Read(kafka, TestEvents.Topic, Partitions, batch.Length, deadline.Token)
            .ToDictionary(record => (record.Partition.Value, record.Offset.Value));
        for (var i = 0; i < batch.Length; i++)
        {
            var record = records[(outcomes[i].Partition, outcomes[i].Offset)];
            Assert.Equal(batch[i].Key.ToArray(), record.Message.Key);
            Assert.Equal(batch[i].Body.ToArray(), record.Message.Value);
            if (dialect != RestDialect.ConfluentV2)
                Assert.Equal(EnvelopeAttributes.ContentType, Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("content-type")));
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Parallel_requests_keep_the_order_of_each_key_of_each_topic(RestDialect dialect)
    {
        await using var kafka = Proxy.StartKafka();
        kafka.CreateTopic("others", partitions: 4);
        await using var proxy = await StartAsync(dialect, kafka, options => options.MaxBatchRecords = 50);
        var batch = Enumerable.Range(0, 4000)
            .Select(n => TestEvents.Create($"key-{n % 13}", Encoding.UTF8.GetBytes($"{n}"), n % 3 == 0 ? "others" : TestEvents.Topic))
            .ToArray();

        var outcomes = await proxy.SendAsync(batch);

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        Assert.True(proxy.Server.Requests.Where(request => request.Method == "POST").Select(request => request.ConnectionId).Distinct().Count() > 1);
        foreach (var group in Enumerable.Range(0, batch.Length).GroupBy(i => (batch[i].Topic, Key: Encoding.UTF8.GetString(batch[i].Key.Span))))
        {
            var offsets = group.Select(i => outcomes[i].Offset).ToList();
            Assert.Equal(offsets.Order(), offsets);
            Assert.Single(group.Select(i => outcomes[i].Partition).Distinct());
        }
    }

    [Fact]
    public async Task What_stands_behind_a_failed_request_waits_with_it_so_that_no_event_of_a_key_overtakes_another()
    {
        await using var kafka = Proxy.StartKafka();
        await using var proxy = await StartAsync(RestDialect.ConfluentV2, kafka, options =>
        {
            options.MaxBatchRecords = 10;
            options.MaxConnections = 1;
        });
        proxy.Server.Faults.NextRequests(1, RestFault.Error(500));

        var outcomes = await proxy.SendAsync(TestEvents.Numbered(40, _ => "one"));

        Assert.All(outcomes[..10], outcome => Assert.Equal(DeliveryOutcome.Unknown("server_error"), outcome));
        Assert.All(outcomes[10..], outcome => Assert.Equal(DeliveryOutcome.Retriable("server_error"), outcome));
        Assert.Single(proxy.Server.Requests, request => request.Method == "POST");
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Http_2_and_a_path_prefix_work(RestDialect dialect)
    {
        await using var kafka = Proxy.StartKafka();
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = dialect, Kafka = kafka, Http2 = true, PathPrefix = "/some/where" },
            options => options.HttpVersion = new Version(2, 0));

        var outcomes = await proxy.SendAsync(TestEvents.Numbered(3000, n => $"{n}"));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        Assert.All(proxy.Server.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
        Assert.Equal(1, proxy.Server.TotalConnections);
    }

    [Fact]
    public async Task Few_connections_carry_many_requests_and_none_is_left_after_dispose()
    {
        await using var proxy = await Proxy.StartAsync(new RestProxyServerOptions { Dialect = RestDialect.Strimzi });
        for (var i = 0; i < 20; i++)
            await proxy.SendAsync(TestEvents.Numbered(3000, n => $"{n}"));

        Assert.InRange(proxy.Server.TotalConnections, 1, 4);

        await proxy.Transport.DisposeAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (proxy.Server.OpenConnections > 0)
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    [Fact]
    public async Task A_topic_may_have_another_name_at_the_broker()
    {
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions(), options => options.TopicNames[TestEvents.Topic] = "prod.events");

        await proxy.SendAsync(TestEvents.Numbered(1, _ => "k"));

        Assert.Equal("prod.events", proxy.Server.Requests.Single(request => request.Method == "POST").Topic);
    }

    private static Task<Proxy> StartAsync(RestDialect dialect, EmbeddedKafkaCluster kafka, Action<RestProxyTransportOptions>? configure = null) =>
        Proxy.StartAsync(new RestProxyServerOptions { Dialect = dialect, Kafka = kafka }, configure);

    private static string RandomKey(Random random)
    {
        var key = new char[random.Next(1, 40)];
        for (var i = 0; i < key.Length; i++)
            key[i] = (char)random.Next('!', random.Next(2) == 0 ? 0x7f : 0x2000);
        return new string(key);
    }

    private static async Task<IEnumerable<int>> DirectPartitionsAsync(EmbeddedKafkaCluster kafka, OutgoingEvent[] batch)
    {
        // Another topic of as many partitions: the records themselves are not to be mixed up.
        kafka.CreateTopic("direct", Partitions);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            Partitioner = Partitioner.Murmur2Random,
        }).Build();
        var results = await Task.WhenAll(batch.Select(outgoing =>
            producer.ProduceAsync("direct", new Message<byte[], byte[]> { Key = outgoing.Key.ToArray(), Value = [1] })));
        return results.Select(result => result.Partition.Value);
    }
}
