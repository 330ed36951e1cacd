using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Routing;

/// <summary>The transports by their order of registration, and which of them carries an event.</summary>
internal sealed class TransportTable
{
    private readonly (EventRoute Route, int Transport)[] _routes;

    /// <exception cref="OptionsValidationException">Two transports have one name, or a route names none of them.</exception>
    public TransportTable(IReadOnlyList<IEventTransport> transports, IEnumerable<EventRoute> routes)
    {
        Transports = transports;
        var names = transports.Select(transport => transport.Name).ToList();
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Invalid($"Two transports are named '{twice.Key}', so that no route can tell them apart. Register it once.");
        _routes = [.. routes.Select(route => (route, names.IndexOf(route.Transport)))];
        if (_routes.FirstOrDefault(entry => entry.Transport < 0).Route is { } lost)
        {
            throw Invalid(
                $"{TelemetryEventsOptions.SectionName}:Routes names the transport '{lost.Transport}', which is not registered. " +
                $"Registered: {string.Join(", ", names)}.");
        }
    }

    public IReadOnlyList<IEventTransport> Transports { get; }

    /// <summary>The transport's index. Without routes it costs nothing.</summary>
    public int IndexFor(string topic, DeliveryClass delivery)
    {
        foreach (var (route, transport) in _routes)
        {
            if (route.Matches(topic, delivery))
                return transport;
        }

        return 0;
    }

    private static OptionsValidationException Invalid(string failure) =>
        new(TelemetryEventsOptions.SectionName, typeof(TelemetryEventsOptions), [failure]);
}
