using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using static Telemetry.Events.Tests.Publishing.PublisherFixture;

namespace Telemetry.Events.Tests.Publishing;

public class EventPublisherShutdownTests
{
    [Fact]
    public async Task Stopping_delivers_what_is_held_and_then_disposes_the_transport()
    {
        var transport = new InMemoryTransport();
        transport.Pause();
        var publisher = Create(transport);
        for (var i = 0; i < 100; i++)
            publisher.Publish(new UsageSample($"{i}"));

        var stopping = publisher.StopAsync();
        Assert.False(transport.IsDisposed);
        transport.Resume();
        await stopping.WaitAsync(Patience);

        Assert.Equal(100, transport.Delivered.Count);
        Assert.True(transport.IsDisposed);
    }

    [Fact]
    public async Task A_call_after_the_stop_is_refused_and_says_so()
    {
        var publisher = Create(new InMemoryTransport());
        await publisher.StopAsync();

        Assert.Equal(RefusalReason.Stopped, publisher.Publish(new UsageSample("late")).Refusal);
        Assert.Equal(RefusalReason.Stopped, (await publisher.PublishAsync(new UsageSample("late"))).Refusal);
        Assert.Equal("stopped", (await publisher.ConfirmAsync(new UsageSample("late"))).Reason);
        Assert.Equal(3, publisher.Usage().Refused[RefusalReason.Stopped]);
        Assert.Equal(0, (await publisher.FlushAsync(Patience)).InFlight);
    }

    [Fact]
    public async Task What_shutdown_has_no_time_for_is_dropped_with_that_reason()
    {
        var transport = new BlockingTransport();
        var publisher = Create(transport, options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        var first = publisher.ConfirmAsync(new UsageSample("being sent")).AsTask();
        await transport.Entered.WaitAsync(Patience);
        var second = publisher.ConfirmAsync(new UsageSample("waiting")).AsTask();

        await publisher.StopAsync().WaitAsync(Patience);

        Assert.Equal("shutdown", (await first.WaitAsync(Patience)).Reason);
        Assert.Equal("shutdown", (await second.WaitAsync(Patience)).Reason);
        Assert.Equal((2, 0, 2, 0), (publisher.Usage().Accepted, publisher.Usage().Delivered, publisher.Usage().Dropped["shutdown"], publisher.Usage().InFlight));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_shutdown_time_ends_with_the_hosts(bool reports)
    {
        var transport = new BlockingTransport();
        using var host = Hosted(transport, reports);
        await host.StartAsync();
        var publisher = host.Services.GetRequiredService<IEventPublisher>();
        publisher.Publish(new UsageSample("being sent"));
        await transport.Entered.WaitAsync(Patience);

        await host.StopAsync().WaitAsync(Patience);

        var ledger = publisher.GetLedger()[DeliveryClass.Usage];
        Assert.Equal((ledger.Accepted, 0), (ledger.Dropped["shutdown"], ledger.InFlight));
    }

    [Fact]
    public async Task Whoever_waits_for_room_when_the_publisher_stops_is_told()
    {
        var transport = new BlockingTransport();
        var publisher = Create(transport, options => (options.MaxBufferedEvents, options.ShutdownTimeout) = (1, TimeSpan.FromMilliseconds(50)));
        await publisher.OccupySenderAsync(transport);
        var waiting = publisher.PublishAsync(new UsageSample("waiting")).AsTask();

        await publisher.StopAsync().WaitAsync(Patience);

        Assert.Equal(RefusalReason.Stopped, (await waiting.WaitAsync(Patience)).Refusal);
    }

    [Fact]
    public async Task A_flush_ends_at_its_deadline_with_what_is_in_flight()
    {
        var transport = new BlockingTransport();
        await using var publisher = Create(transport);
        await publisher.OccupySenderAsync(transport);

        var ledger = await publisher.FlushAsync(TimeSpan.FromMilliseconds(20));

        Assert.Equal(1, ledger.InFlight);
        transport.Release();
        Assert.Equal(0, (await publisher.FlushAsync(Patience)).InFlight);
    }

    [Fact]
    public async Task A_flush_does_not_wait_for_what_came_after_it()
    {
        var transport = new InMemoryTransport((outgoing, attempt) => outgoing.Key.IsEmpty ? DeliveryOutcome.Delivered() : DeliveryOutcome.Retriable("later"));
        await using var publisher = Create(transport, options => (options.MaxBatchEvents, options.ShutdownTimeout) = (1, TimeSpan.Zero));
        publisher.Publish(new UsageSample("first"));
        var flush = publisher.FlushAsync(Timeout.InfiniteTimeSpan).AsTask();
        publisher.Publish(new UsageSample("second", "never delivered"));

        await flush.WaitAsync(Patience);
    }

    [Fact]
    public async Task Sixteen_threads_against_a_random_transport_lose_no_count()
    {
        var random = new Random(20260131);
        var transport = new InMemoryTransport((_, _) => random.Next(4) switch
        {
            0 => DeliveryOutcome.Retriable("retry"),
            1 => DeliveryOutcome.Unknown("unknown"),
            2 when random.Next(10) == 0 => DeliveryOutcome.Final("final"),
            _ => DeliveryOutcome.Delivered(),
        });
        var publisher = Create(transport, options => options.MaxBufferedEvents = 500);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 16).Select(thread => Task.Run(() =>
            Enumerable.Range(0, 2000).Count(i => publisher.Publish(new UsageSample($"{thread}-{i}")).IsAccepted))));
        await publisher.FlushAsync(Patience);
        await publisher.StopAsync();

        var usage = publisher.Usage();
        Assert.Equal(accepted.Sum(), usage.Accepted);
        Assert.Equal(32_000 - usage.Accepted, usage.Refused.GetValueOrDefault(RefusalReason.BufferFull));
        Assert.Equal(transport.Delivered.Count, usage.Delivered);
        Assert.Equal(0, usage.InFlight);
        var sequences = transport.Delivered.Select(received => received.Envelope.GetAttribute(EnvelopeAttributes.Sequence)!).ToList();
        Assert.Equal(sequences.Count, sequences.Distinct().Count());
        Assert.True(usage.Dropped.GetValueOrDefault("final") > 0);
    }

    private static IHost Hosted(IEventTransport transport, bool reports)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Services.AddTelemetryEvents(options =>
        {
            options.ServiceName = "tests";
            options.ShutdownTimeout = TimeSpan.FromMinutes(10);
            options.Report.Enabled = reports;
        });
        builder.Services.AddSingleton(transport);
        return builder.Build();
    }
}
