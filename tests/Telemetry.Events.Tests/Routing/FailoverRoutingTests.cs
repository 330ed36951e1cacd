using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Routing;

public sealed class FailoverRoutingTests : IAsyncDisposable, IAsyncLifetime
{
    private static readonly EventDescriptor OtherTopic = new("test.other.happen", "other_topic", DeliveryClass.Usage);

    private readonly DownTransport _first = new("first");
    private readonly NamedTransport _second = new("second");
    private readonly List<ServiceProvider> _providers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    // xunit 2 knows this one only, and a publisher that lives on would send into the tests that listen to all of them.
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
    }

    [Fact]
    public async Task What_goes_by_the_first_goes_by_the_second_while_the_first_is_down()
    {
        var publisher = Publisher(builder => builder.FailOver("first", "second"));

        var receipt = await publisher.ConfirmAsync(new UsageSample("a", Subject: "s"));

        Assert.True(receipt.IsDelivered);
        var stored = Assert.Single(_second.Inner.Delivered);
        Assert.Equal(receipt.EventId, stored.Id);
        Assert.Equal(2, _first.Attempts);
        Assert.Equal("Usage: accepted 1 = delivered 1 + dropped 0 + spooled 0 + in flight 0", publisher.GetLedger()[DeliveryClass.Usage].ToString());
    }

    [Fact]
    public async Task A_routes_own_failover_holds_for_that_route_alone()
    {
        var publisher = Publisher(builder => builder.RouteTopic("other_topic", "first", failover: "second"));

        var fails = await publisher.ConfirmAsync(OtherTopic, new UsageSample("fails over"));
        publisher.Publish(new UsageSample("waits"));
        var ledger = await publisher.FlushAsync(TimeSpan.Zero);

        Assert.True(fails.IsDelivered);
        Assert.Equal(1, ledger.InFlight);
        Assert.Equal(["fails over"], _second.Texts);
    }

    [Fact]
    public async Task A_route_with_an_empty_failover_has_none()
    {
        var publisher = Publisher(builder => builder.FailOver("first", "second").RouteTopic("other_topic", "first", failover: ""));

        publisher.Publish(OtherTopic, new UsageSample("waits"));
        var receipt = await publisher.ConfirmAsync(new UsageSample("fails over"));

        Assert.True(receipt.IsDelivered);
        Assert.Equal(["fails over"], _second.Texts);
    }

    [Fact]
    public async Task Configuration_binds_it()
    {
        var publisher = Publisher(
            _ => { },
            ("Failover:Transports:first", "second"), ("Failover:FailureThreshold", "3"), ("Failover:BreakDuration", "00:01:00"));

        Assert.True((await publisher.ConfirmAsync(new UsageSample("a"))).IsDelivered);

        Assert.Equal(3, _first.Attempts);
    }

    [Fact]
    public async Task Health_check_and_metric_say_which_transport_is_in_use()
    {
        var active = new List<(int Value, string Tags)>();
        var publisher = Publisher(builder => builder.FailOver("first", "second"));
        var health = _providers[0].GetRequiredService<HealthCheckService>();
        var before = (await health.CheckHealthAsync()).Entries["telemetry-events"];

        await publisher.ConfirmAsync(new UsageSample("a"));

        var after = (await health.CheckHealthAsync()).Entries["telemetry-events"];
        Assert.Equal(HealthStatus.Healthy, before.Status);
        Assert.StartsWith("first carries events, second stands by. ", before.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, after.Status);
        Assert.StartsWith("second carries events in place of first since ", after.Description, StringComparison.Ordinal);
        Assert.Contains(" (down). ", after.Description, StringComparison.Ordinal);

        var meters = _providers[0].GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "telemetry.events.failover.active" && instrument.Meter.Scope == meters)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
            active.Add((value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal([(1, "transport=first failover=second")], active);
    }

    [Fact]
    public async Task Each_transport_is_disposed_once()
    {
        var publisher = Publisher(builder => builder.FailOver("first", "second").RouteTopic("other_topic", "second", failover: "first"));
        publisher.Publish(new UsageSample("a"));

        await ((IAsyncDisposable)publisher).DisposeAsync();

        Assert.Equal(1, _first.Disposals);
    }

    [Theory]
    [InlineData("first", "first", "The failover of transport 'first' is itself.")]
    [InlineData("first", "third", "The failover from 'first' to 'third' names the transport 'third', which is not registered. Registered: first, second.")]
    [InlineData("zeroth", "second", "names the transport 'zeroth', which is not registered")]
    public void A_wrong_failover_fails_the_start(string from, string to, string message)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Publisher(builder => builder.FailOver(from, to)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_routes_wrong_failover_fails_the_start() =>
        Assert.Contains(
            "The failover from 'second' to 'third' names the transport 'third', which is not registered.",
            Assert.Throws<OptionsValidationException>(() => Publisher(builder => builder.RouteDelivery(DeliveryClass.Usage, "second", "third"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("FailureThreshold", "1", "TelemetryEvents:Failover:FailureThreshold is 1. Set it to a value from 2 to 1000.")]
    [InlineData("BreakDuration", "00:00:00", "TelemetryEvents:Failover:BreakDuration is 00:00:00. Set it to a value from 00:00:01 to 01:00:00.")]
    [InlineData("AttemptTimeout", "01:00:00", "TelemetryEvents:Failover:AttemptTimeout is 01:00:00. Set it to a value from 00:00:01 to 00:10:00.")]
    public void Options_out_of_range_fail_the_start(string option, string value, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<OptionsValidationException>(() => Publisher(_ => { }, ($"Failover:{option}", value))).Message,
            StringComparison.Ordinal);

    private IEventPublisher Publisher(Action<TelemetryEventsBuilder> configure, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"TelemetryEvents:{setting.Key}", (string?)setting.Value))).Build());
        services.AddLogging().AddMetrics();
        var builder = services.AddTelemetryEvents(options =>
        {
            options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMilliseconds(1);
            options.ShutdownTimeout = TimeSpan.Zero;
        });
        services.AddSingleton<IEventTransport>(_first);
        services.AddSingleton<IEventTransport>(_second);
        configure(builder);
        _providers.Add(services.BuildServiceProvider());
        return _providers[^1].GetRequiredService<IEventPublisher>();
    }
}
