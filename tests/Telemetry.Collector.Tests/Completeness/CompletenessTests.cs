using System.Net;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Collector.Tests.Completeness;

/// <summary>A producer with the SDK, an embedded Kafka, and the whole Collector.</summary>
[Trait("Category", "Integration")]
[Collection(Alone.Name)]
public sealed class CompletenessTests : IAsyncLifetime
{
    private const string Topic = "app_readings";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly EventDescriptor Reading = new("app.reading.take", Topic, DeliveryClass.Telemetry);

    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
    {
        Topics = [new(Topic, 3), new("xumi_load", 2), new("xumi_task", 2), new("telemetry_producer", 2)],
    });

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _kafka.DisposeAsync().AsTask();

    [Fact]
    public async Task What_an_outage_cost_stands_there_with_its_reason_and_its_very_sequences()
    {
        await using var collector = await StartAsync();
        LedgerSnapshot ledger;
        await using (var events = TelemetryEvents.Create(
            builder => builder.AddKafka(options => options.ConnectionString = _kafka.BootstrapServers), Configure))
        {
            await PublishAsync(events.Publisher, 200);
            _kafka.TakeAllBrokersDown();
            // What is being sent is not evicted: it is to be few events, not all that the lane takes.
            for (var i = 0; i < 5; i++)
                Assert.True(events.Publisher.Publish(Reading, new Value(i)).IsAccepted);
            await events.Publisher.FlushAsync(TimeSpan.FromSeconds(2));
            for (var i = 0; i < 3000; i++)
                Assert.True(events.Publisher.Publish(Reading, new Value(i)).IsAccepted);
            _kafka.BringAllBrokersUp();
            await PublishAsync(events.Publisher, 100);
            Assert.True(events.Publisher.Publish(new TaskRunStart("t", "u", "m", "n")).IsAccepted);
            ledger = await events.Publisher.FlushAsync(Patience);
        }

        var telemetry = ledger[DeliveryClass.Telemetry];
        Assert.Equal((3305, 0), (telemetry.Accepted, ledger.InFlight));
        Assert.True(telemetry.Dropped["evicted"] > 1000, telemetry.ToString());
        var reply = await UntilAsync(collector, "dropped");
        var producer = Assert.Single(reply.GetProperty("producers").EnumerateArray());
        Assert.True(producer.GetProperty("is_final").GetBoolean());
        var judged = Class(producer, "telemetry");
        Assert.Equal((telemetry.Delivered, 3305, 0), (Long(judged, "arrived"), Long(judged, "last_sequence"), Long(judged, "missing")));
        var evicted = Assert.Single(judged.GetProperty("dropped").EnumerateArray());
        Assert.Equal(("evicted", telemetry.Dropped["evicted"]), (evicted.Text("reason"), Long(evicted, "count")));
        var lacking = Enumerable.Range(1, 3305).Select(number => (long)number).Except(ReadSequences(telemetry.Delivered)).ToList();
        Assert.Equal(lacking, evicted.GetProperty("ranges").EnumerateArray().SelectMany(Numbers).ToList());
        Assert.Equal(("complete", 1L), (Class(producer, "usage").Text("state"), Long(Class(producer, "usage"), "last_sequence")));
        var ready = await collector.Client.GetJsonAsync("/health/ready");
        Assert.Equal("healthy", Check(ready).Text("status"));
    }

    [Fact]
    public async Task What_a_broker_acknowledged_and_lost_is_missing_in_the_reply_in_readiness_and_in_the_metric()
    {
        await using var collector = await StartAsync();
        await using (var events = TelemetryEvents.Create(
            builder => builder.Services.AddSingleton<IEventTransport>(new LosingTransport(_kafka.BootstrapServers, 40, 49)), Configure))
        {
            await PublishAsync(events.Publisher, 100);
            Assert.Equal(100, (await events.Publisher.FlushAsync(Patience))[DeliveryClass.Telemetry].Delivered);
        }

        var judged = Class(Assert.Single((await UntilAsync(collector, "missing")).GetProperty("producers").EnumerateArray()), "telemetry");

        Assert.Equal(("missing", 10L, 90L), (judged.Text("state"), Long(judged, "missing"), Long(judged, "arrived")));
        Assert.Equal(Enumerable.Range(40, 10).Select(number => (long)number), judged.GetProperty("gaps").EnumerateArray().SelectMany(Numbers));
        await UntilAsync(async () => Check(await collector.Client.GetJsonAsync("/health/ready")).Text("description")!.StartsWith(
            "10 events of 1 producers are missing", StringComparison.Ordinal));
        var metrics = await collector.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("telemetry_collector_completeness_missing", metrics, StringComparison.Ordinal);
        Assert.Matches("""telemetry_collector_completeness_missing[a-z_]*\{[^}]*delivery_class="telemetry"[^}]*\} 10\b""", metrics);
    }

    [Fact]
    public async Task A_wrong_query_is_told_and_producers_outside_the_time_are_left_out()
    {
        await using var collector = await StartAsync();
        await using (var events = TelemetryEvents.Create(
            builder => builder.AddKafka(options => options.ConnectionString = _kafka.BootstrapServers), Configure))
        {
            await PublishAsync(events.Publisher, 10);
        }

        await UntilAsync(collector, "complete", producers: 1);
        Assert.Equal(0, (await collector.Client.GetJsonAsync("/v1/completeness?to=2020-01-01T00:00:00Z")).GetProperty("producer_count").GetInt32());
        Assert.Equal(0, (await collector.Client.GetJsonAsync("/v1/completeness?from=2999-01-01T00:00:00Z")).GetProperty("producer_count").GetInt32());
        Assert.Contains("from is after to", await collector.Client.GetProblemAsync(
            "/v1/completeness?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("from 'yesterday' is not a time", await collector.Client.GetProblemAsync(
            "/v1/completeness?from=yesterday", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    private static void Configure(TelemetryEventsOptions options)
    {
        options.ServiceName = "tests";
        options.Telemetry.MaxBufferedEvents = 640;
        options.RetryDelay = TimeSpan.FromMilliseconds(20);
        options.RetryMaxDelay = TimeSpan.FromMilliseconds(200);
        options.ShutdownTimeout = Patience;
    }

    private static async Task PublishAsync(IEventPublisher publisher, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // Only what is waited for is certain not to be evicted.
            var receipt = publisher.ConfirmAsync(Reading, new Value(i));
            if (i % 50 == 49)
                await receipt;
        }

        await publisher.FlushAsync(Patience);
    }

    private static JsonElement Class(JsonElement producer, string name) =>
        producer.GetProperty("classes").EnumerateArray().Single(entry => entry.Text("delivery_class") == name);

    private static JsonElement Check(JsonElement health) =>
        health.GetProperty("checks").EnumerateArray().Single(entry => entry.Text("name") == "completeness");

    private static long Long(JsonElement element, string property) => element.GetProperty(property).GetInt64();

    private static IEnumerable<long> Numbers(JsonElement range) =>
        Enumerable.Range(0, (int)(Long(range, "last") - Long(range, "first") + 1)).Select(number => Long(range, "first") + number);

    private static async Task<JsonElement> UntilAsync(RunningCollector collector, string state, int producers = 1)
    {
        JsonElement reply = default;
        await UntilAsync(async () =>
        {
            reply = await collector.Client.GetJsonAsync("/v1/completeness");
            return reply.Text("state") == state && reply.GetProperty("producer_count").GetInt32() == producers;
        });
        return reply;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come to that.");
            await Task.Delay(50);
        }
    }

    private Task<RunningCollector> StartAsync() => RunningCollector.StartAsync(args:
    [
        "--Collector:Kafka:ConnectionString", _kafka.BootstrapServers,
        $"--Collector:Completeness:Topics:{Topic}", "Telemetry",
        "--Collector:Completeness:Topics:xumi_task", "Usage",
        "--Collector:Completeness:SettleDelay", "00:00:01",
        "--Collector:Completeness:RefreshInterval", "00:00:00.2",
    ]);

    private HashSet<long> ReadSequences(long count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = _kafka.BootstrapServers,
            GroupId = "reader",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(Topic);
        var sequences = new HashSet<long>();
        var deadline = DateTime.UtcNow + Patience;
        while (sequences.Count < count)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{sequences.Count} of {count} arrived.");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } record)
                sequences.Add(LosingTransport.SequenceOf(record.Message.Value));
        }

        consumer.Close();
        return sequences;
    }

    private readonly record struct Value(int Number) : IEventData
    {
        public string? Subject => null;

        public string? PartitionKey => $"sensor-{Number % 5}";

        public void WriteData(ref EventDataWriter writer) => writer.WriteNumber("number"u8, Number);
    }
}
