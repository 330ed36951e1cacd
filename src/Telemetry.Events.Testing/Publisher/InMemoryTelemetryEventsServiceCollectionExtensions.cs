using Microsoft.Extensions.DependencyInjection.Extensions;
using Telemetry.Events;
using Telemetry.Events.Testing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Records events instead of publishing them.</summary>
public static class InMemoryTelemetryEventsServiceCollectionExtensions
{
    /// <summary>
    /// Makes an <see cref="InMemoryEventPublisher"/> the <see cref="IEventPublisher"/>. Call it after the service's own
    /// registration, whose transports then need neither an address nor a broker. Resolve <see cref="InMemoryEventPublisher"/> to
    /// ask what was published.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="publisher">The one to use; null for a new one.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddInMemoryTelemetryEvents(
        this IServiceCollection services, InMemoryEventPublisher? publisher = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        publisher ??= new InMemoryEventPublisher();
        // The real publisher still starts and stops with the host, and answers health checks; it just gets nothing to do.
        services.AddTelemetryEvents().UseInMemory(new InMemoryTransport());
        services.RemoveAll<IEventPublisher>();
        services.RemoveAll<InMemoryEventPublisher>();
        services.AddSingleton(publisher);
        services.AddSingleton<IEventPublisher>(publisher);
        return services;
    }
}
