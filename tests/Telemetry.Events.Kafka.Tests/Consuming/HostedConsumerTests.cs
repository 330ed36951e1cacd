using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Kafka.Tests.Consuming;

/// <summary>A service that publishes and one that reads, as their authors would write them.</summary>
[Trait("Category", "Integration")]
public sealed class HostedConsumerTests : IAsyncLifetime
{
    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("pbac_access", 2), new EmbeddedKafkaTopic("xumi_load", 2)] });

    // Audit events go to disk first.
    private readonly string _spool = Directory.CreateTempSubdirectory("telemetry-consumer-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _kafka.DisposeAsync();
        Directory.Delete(_spool, recursive: true);
    }

    [Fact]
    public async Task Typed_events_arrive_as_they_were_published_each_in_a_scope_of_its_own()
    {
        var seen = new Seen();
        using var host = Build(services =>
        {
            services.AddSingleton(seen);
            services.AddTelemetryEventConsumer("responder", Configure)
                .AddHandler<PbacAccessCheckDeny, Responder>(CatalogJson.Default.PbacAccessCheckDeny)
                .AddHandler(CatalogJson.Default.WeightsLoadStart, (load, _, _) =>
                {
                    seen.Loads.Add(load);
                    return default;
                })
                .AddDeadLetterHandler<Keeper>();
        });
        await host.StartAsync();
        var publisher = host.Services.GetRequiredService<IEventPublisher>();

        var denied = new PbacAccessCheckDeny("user-1", "read", "asset-7", null, "no policy");
        var load = new WeightsLoadStart("task-1", "user-1", "model-1", "node-1", 5_000_000_000);
        for (var i = 0; i < 3; i++)
            Assert.True((await publisher.ConfirmAsync(denied)).IsDelivered);
        Assert.True((await publisher.ConfirmAsync(load)).IsDelivered);
        Assert.True((await publisher.ConfirmAsync(new PbacAccessCheckAllow("user-1", "read", "asset-7", "policy-1"))).IsDelivered);

        await ConsumerBench.UntilAsync(() => seen.Denied.Count == 3 && seen.Loads.Count == 1);
        Assert.All(seen.Denied, entry => Assert.Equal(denied, entry.Data));
        Assert.Equal(load, Assert.Single(seen.Loads));
        Assert.Equal(3, seen.Denied.Select(entry => entry.Responder).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Empty(seen.Dead);
        await host.StopAsync();
    }

    [Fact]
    public async Task Health_and_metrics_tell_how_far_it_is()
    {
        using var host = Build(services => services.AddTelemetryEventConsumer("responder", Configure));
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal("Consumer responder has not started.", (await CheckAsync(health)).Description);
        var values = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Telemetry.Events.Kafka.Consumer")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>("consumer", "responder")))
                values[instrument.Name] = value;
        });
        listener.Start();
        await host.StartAsync();
        await host.Services.GetRequiredService<IEventPublisher>().ConfirmAsync(new PbacAccessCheckDeny("u", "read", "r", null));

        await ConsumerBench.UntilAsync(() =>
        {
            listener.RecordObservableInstruments();
            return values.GetValueOrDefault("telemetry.events.consumer.handled") == 1;
        });

        Assert.Equal((4, 0, 0), (
            values["telemetry.events.consumer.partitions"], values["telemetry.events.consumer.dead_letters"], values["telemetry.events.consumer.handler.failures"]));
        Assert.Equal("4 partitions, 0 records behind, 1 handled, 0 of them dead letters.", (await CheckAsync(health)).Description);
        await host.StopAsync();
    }

    private static async Task<HealthReportEntry> CheckAsync(HealthCheckService health) =>
        (await health.CheckHealthAsync(check => check.Name == "telemetry-consumer-responder")).Entries.Values.Single();

    private void Configure(EventConsumerOptions options)
    {
        options.ConnectionString = _kafka.BootstrapServers;
        options.GroupId = "responder";
        options.Topics.Add("pbac_access");
        options.Topics.Add("xumi_load");
    }

    private IHost Build(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Services.AddTelemetryEvents().AddSpool(_spool).AddKafka(options => options.ConnectionString = _kafka.BootstrapServers);
        configure(builder.Services);
        return builder.Build();
    }

    private sealed class Seen
    {
        public ConcurrentBag<(PbacAccessCheckDeny Data, Responder Responder)> Denied { get; } = [];

        public ConcurrentBag<WeightsLoadStart> Loads { get; } = [];

        public ConcurrentBag<DeadLetterRecord> Dead { get; } = [];
    }

    private sealed class Responder(Seen seen) : IEventConsumerHandler<PbacAccessCheckDeny>
    {
        public ValueTask HandleAsync(PbacAccessCheckDeny data, ConsumedEvent consumed, CancellationToken cancellationToken)
        {
            seen.Denied.Add((data, this));
            return default;
        }
    }

    private sealed class Keeper(Seen seen) : IDeadLetterHandler
    {
        public ValueTask HandleAsync(DeadLetterRecord deadLetter, CancellationToken cancellationToken)
        {
            seen.Dead.Add(deadLetter);
            return default;
        }
    }
}
