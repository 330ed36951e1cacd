using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Client;

public class TelemetryEventsTests
{
    [Fact]
    public async Task Without_a_host_disposal_delivers_what_is_held()
    {
        var transport = new InMemoryTransport();
        await using (var events = TelemetryEvents.Create(builder => builder.UseInMemory(transport), options => options.ServiceName = "console"))
        {
            for (var i = 0; i < 1000; i++)
                Assert.True(events.Publisher.Publish(new UsageSample($"{i}")).IsAccepted);
        }

        Assert.Equal(1000, transport.Delivered.Count);
        Assert.Equal("/console", transport.Delivered[0].Envelope.Source);
    }

    [Fact]
    public void Wrong_options_and_a_missing_transport_are_told_at_once()
    {
        var exception = Assert.Throws<OptionsValidationException>(
            () => TelemetryEvents.Create(_ => { }, options => options.Context.NodeId = "node-7"));

        Assert.Contains("'node-7', which is not a UUID", exception.Message, StringComparison.Ordinal);
        Assert.Contains("No transport is registered", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_told_though_a_transport_was_made_already()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => TelemetryEvents.Create(
            builder =>
            {
                // By a factory: such a transport is the container's to dispose.
                builder.Services.AddSingleton<IEventTransport>(_ => new InMemoryTransport());
                builder.RouteTopic("orders", "nowhere");
            },
            options => options.ServiceName = "console"));

        Assert.Contains("'nowhere'", exception.Message, StringComparison.Ordinal);
    }
}
