using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Events.Testing;

namespace Telemetry.ArchitectureTests.Snippets;

internal static class TestingSnippets
{
    public static void Readme(IHostApplicationBuilder builder)
    {
        var broker = new InMemoryTransport();
        var faults = new FaultScript().Retry("not_leader", 2).UnknownButStored().ThenDeliver();
        builder.Services.AddTelemetryEvents(options => options.RetryDelay = TimeSpan.FromMilliseconds(1))
            .UseFaulting(new FaultingTransport(broker, faults));
    }
}
