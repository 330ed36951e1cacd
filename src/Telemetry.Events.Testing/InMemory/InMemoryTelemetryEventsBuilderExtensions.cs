using Telemetry.Events;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Publishes into memory instead of to a broker.</summary>
public static class InMemoryTelemetryEventsBuilderExtensions
{
    /// <summary>Makes <paramref name="transport"/> the transport, in place of any other.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="transport">Keeps what is published; ask it in the test.</param>
    /// <returns>The same builder.</returns>
    public static TelemetryEventsBuilder UseInMemory(this TelemetryEventsBuilder builder, InMemoryTransport transport)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(transport);
        for (var i = builder.Services.Count - 1; i >= 0; i--)
        {
            if (builder.Services[i].ServiceType == typeof(IEventTransport))
                builder.Services.RemoveAt(i);
        }

        builder.Services.AddSingleton<IEventTransport>(transport);
        return builder;
    }
}
