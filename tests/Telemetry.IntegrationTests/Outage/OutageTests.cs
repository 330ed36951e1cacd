using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.IntegrationTests.Outage;

/// <summary>What a service that goes on publishing loses when its broker goes away: nothing.</summary>
[Trait("Category", "Integration")]
public class OutageTests
{
    private const string Topic = "xumi_task";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_broker_that_is_down_for_a_minute_under_load_costs_no_event()
    {
        using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, 8)] });
        await using var reader = new TopicReader(kafka.BootstrapServers, Topic);
        await using var events = TelemetryEvents.Create(builder => builder.AddKafka(options => options.ConnectionString = kafka.BootstrapServers));

        var load = Publish(events.Publisher, TimeSpan.FromSeconds(70));
        await Task.Delay(TimeSpan.FromSeconds(3));
        kafka.TakeAllBrokersDown();
        await Task.Delay(TimeSpan.FromSeconds(60));
        kafka.BringAllBrokersUp();
        var accepted = await load;
        var ledger = await events.Publisher.FlushAsync(Deadline);

        Assert.Equal((accepted.Count, accepted.Count, 0), (ledger[DeliveryClass.Usage].Accepted, ledger[DeliveryClass.Usage].Delivered, ledger.InFlight));
        await UntilArrivedAsync(accepted, reader);
    }

    [Fact]
    public async Task Events_go_by_the_REST_proxy_while_Kafka_itself_cannot_be_reached()
    {
        using var direct = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, 4)] });
        using var behindProxy = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, 4)] });
        await using var proxy = await RestProxyServer.StartAsync(new RestProxyServerOptions { Dialect = RestDialect.ConfluentV3, Kafka = behindProxy });
        await using var directReader = new TopicReader(direct.BootstrapServers, Topic);
        await using var proxyReader = new TopicReader(behindProxy.BootstrapServers, Topic);
        await using var events = TelemetryEvents.Create(builder => builder
            .AddKafka(options => options.ConnectionString = direct.BootstrapServers)
            .AddRestProxy(options => options.Url = proxy.BaseAddress.ToString())
            .FailOver("kafka", "rest-proxy", failover =>
            {
                failover.AttemptTimeout = TimeSpan.FromSeconds(2);
                failover.BreakDuration = TimeSpan.FromSeconds(5);
            }));

        var load = Publish(events.Publisher, TimeSpan.FromSeconds(25));
        await UntilAsync(() => directReader.Times.Count > 100, "the first events do not arrive directly");
        direct.TakeAllBrokersDown();
        await UntilAsync(() => proxyReader.Times.Count > 100, "nothing goes by the proxy");
        direct.BringAllBrokersUp();
        var beforeReturn = directReader.Times.Count;
        var accepted = await load;
        var ledger = await events.Publisher.FlushAsync(Deadline);

        Assert.Equal((accepted.Count, accepted.Count, 0), (ledger[DeliveryClass.Usage].Accepted, ledger[DeliveryClass.Usage].Delivered, ledger.InFlight));
        await UntilArrivedAsync(accepted, directReader, proxyReader);
        Assert.True(directReader.Times.Count > beforeReturn, "nothing went directly again");
    }

    private static Task<HashSet<string>> Publish(IEventPublisher publisher, TimeSpan duration) => Task.Run(async () =>
    {
        var accepted = new HashSet<string>();
        var running = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; running.Elapsed < duration && await pace.WaitForNextTickAsync(); i++)
        {
            for (var j = 0; j < 5; j++)
            {
                var result = publisher.Publish(new TaskRunStart($"task-{i}-{j}", "user-1", "model", $"node-{j}"));
                Assert.True(result.IsAccepted, result.ToString());
                accepted.Add(result.EventId.ToString());
            }
        }

        return accepted;
    });

    private static Task UntilArrivedAsync(HashSet<string> accepted, params TopicReader[] readers) =>
        UntilAsync(
            () => accepted.SetEquals(readers.SelectMany(reader => reader.Times.Keys)),
            "not exactly the accepted events have arrived");

    private static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Deadline, otherwise);
            await Task.Delay(100);
        }
    }
}
