using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.EventHubs;

/// <summary>
/// Sees that the publisher does not accept events that Event Hubs is sure to refuse. Where other transports are registered too, a
/// larger event may be meant for one of them.
/// </summary>
internal sealed class EventHubsSizeValidator(IServiceCollection services) : IValidateOptions<TelemetryEventsOptions>
{
    private const int MaxBytes = EventHubsTransportSetup.MaxMessageBytes;

    public ValidateOptionsResult Validate(string? name, TelemetryEventsOptions options) =>
        options.MaxEventBytes <= MaxBytes || services.Count(service => service.ServiceType == typeof(IEventTransport)) > 1
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{TelemetryEventsOptions.SectionName}:MaxEventBytes is {options.MaxEventBytes}, but Event Hubs takes {MaxBytes} bytes at most. Lower it.");
}
