using System.Reflection;
using Microsoft.Extensions.Options;

namespace Telemetry.Events;

/// <summary>Names the service after its entry assembly where nobody named it.</summary>
internal sealed class DefaultServiceName : IPostConfigureOptions<TelemetryEventsOptions>
{
    public void PostConfigure(string? name, TelemetryEventsOptions options) =>
        options.ServiceName ??= Assembly.GetEntryAssembly()?.GetName().Name?.ToLowerInvariant();
}
