using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Publishes into a test's transport instead of to a broker.</summary>
public static class InMemoryTelemetryEventsBuilderExtensions
{
    /// <summary>Makes <paramref name="transport"/> the transport, in place of any other.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="transport">Keeps what is published; ask it in the test.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TelemetryEventsBuilder UseInMemory(this TelemetryEventsBuilder builder, InMemoryTransport transport) =>
        builder.UseFake(transport);

    /// <summary>Makes <paramref name="transport"/> the transport, in place of any other.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="transport">Fails by its script; ask it, or the transport behind it, in the test.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TelemetryEventsBuilder UseFaulting(this TelemetryEventsBuilder builder, FaultingTransport transport) =>
        builder.UseFake(transport);

    private static TelemetryEventsBuilder UseFake(this TelemetryEventsBuilder builder, IEventTransport transport)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(transport);
        builder.Services.RemoveAll<IEventTransport>();
        for (var i = builder.Services.Count - 1; i >= 0; i--)
        {
            if (IsCheckOfTransportOptions(builder.Services[i].ServiceType))
                builder.Services.RemoveAt(i);
        }

        builder.Services.AddSingleton(transport);
        // The service's routes name transports that are gone.
        builder.Services.PostConfigure<TelemetryEventsOptions>(options =>
        {
            options.Routes.Clear();
            options.Failover.Transports.Clear();
        });
        return builder;
    }

    // A transport that is not used needs no address: without this, a service that calls AddKafka would not start in a test.
    private static bool IsCheckOfTransportOptions(Type service) =>
        service.IsGenericType &&
        service.GetGenericTypeDefinition() == typeof(IValidateOptions<>) &&
        service.GenericTypeArguments[0].Assembly.GetName().Name!.StartsWith("Telemetry.Events.", StringComparison.Ordinal);
}
