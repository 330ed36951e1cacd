using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Telemetry.Events.Testing.Tests.Publisher;

/// <summary>The examples of docs/testing.md, which a test keeps the same as these lines.</summary>
public class OrderServiceTests
{
    private readonly InMemoryEventPublisher _publisher = new();

    [Fact]
    public async Task A_placed_order_is_announced_once()
    {
        var service = new OrderService(_publisher);

        await service.PlaceAsync("order-1", "user-1", lines: 3);

        _publisher.ShouldHavePublished<OrderPlaced>(placed => placed.OrderId == "order-1", times: 1);
    }

    [Fact]
    public async Task An_order_that_cannot_be_announced_is_refused()
    {
        _publisher.RefuseNext(RefusalReason.BufferFull);
        var service = new OrderService(_publisher);

        Assert.False(await service.PlaceAsync("order-1", "user-1", lines: 3));

        _publisher.ShouldNotHavePublished<OrderPlaced>();
    }

    [Fact]
    public async Task The_whole_service_runs_without_a_broker()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shop" });
        builder.Services.AddTelemetryEvents().AddKafka();   // the service's own registration
        builder.Services.AddSingleton<OrderService>();
        builder.Services.AddInMemoryTelemetryEvents();      // the test's, after it
        using var host = builder.Build();
        await host.StartAsync();

        Assert.True(await host.Services.GetRequiredService<OrderService>().PlaceAsync("order-1", "user-1", lines: 3));

        var published = host.Services.GetRequiredService<InMemoryEventPublisher>().Events.Single();
        Assert.Equal("""{"order_id":"order-1","user_id":"user-1","lines":3}""", published.Json);
        await host.StopAsync();
    }

    [Fact]
    public async Task An_outage_delays_an_order_and_loses_none()
    {
        var broker = new InMemoryTransport();
        var faults = new FaultScript().Retry("not_leader", 2).UnknownButStored().ThenDeliver();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shop" });
        builder.Services.AddTelemetryEvents(options => options.RetryDelay = TimeSpan.FromMilliseconds(1))
            .UseFaulting(new FaultingTransport(broker, faults));
        builder.Services.AddSingleton<OrderService>();
        using var host = builder.Build();
        await host.StartAsync();

        Assert.True(await host.Services.GetRequiredService<OrderService>().PlaceAsync("order-1", "user-1", lines: 3));

        // Stored, its acknowledgement lost, stored again under the same id: a consumer drops the second one by it.
        Assert.Single(broker.Delivered.DistinctBy(received => received.Id));
        Assert.Equal(2, broker.Delivered.Count);
        await host.StopAsync();
    }
}
