using Microsoft.Extensions.DependencyInjection;

namespace Telemetry.Events;

/// <summary>Continues the registration that <c>AddTelemetryEvents</c> began: transports hang their extensions here.</summary>
public sealed class TelemetryEventsBuilder
{
    internal TelemetryEventsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services being registered.</summary>
    public IServiceCollection Services { get; }
}
