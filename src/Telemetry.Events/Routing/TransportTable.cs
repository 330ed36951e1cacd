using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Routing;

/// <summary>The transports by their order of registration, and which of them carries an event.</summary>
internal sealed class TransportTable
{
    private readonly (EventRoute Route, int Transport)[] _routes;
    private readonly int _default;

    /// <param name="transports">As registered; those of <see cref="FailoverTransports"/> behind them.</param>
    /// <param name="routes">The routes, the first to match first.</param>
    /// <exception cref="OptionsValidationException">Two transports have one name, or a route names none of them.</exception>
    public TransportTable(IReadOnlyList<IEventTransport> transports, IEnumerable<EventRoute> routes)
    {
        Transports = transports;
        var names = transports.Select(transport => transport.Name).ToList();
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Invalid($"Two transports are named '{twice.Key}', so that no route can tell them apart. Register it once.");
        _default = transports.Count == 0 ? 0 : IndexOf(names[0], failover: null);
        _routes = [.. routes.Select(route => (route, IndexOf(route.Transport, route.Failover)))];
        if (_routes.FirstOrDefault(entry => entry.Transport < 0).Route is { } lost)
        {
            throw Invalid(
                $"{TelemetryEventsOptions.SectionName}:Routes names the transport '{lost.Transport}', which is not registered. " +
                $"Registered: {string.Join(", ", transports.Where(transport => transport is not FailoverTransport).Select(transport => transport.Name))}.");
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

        return _default;
    }

    private int IndexOf(string name, string? failover)
    {
        for (var i = 0; i < Transports.Count; i++)
        {
            if (Transports[i] is FailoverTransport pair && pair.Primary.Name == name &&
                (failover is null ? pair.IsDefault : pair.Secondary.Name == failover))
            {
                return i;
            }
        }

        return Transports.Select(transport => transport.Name).ToList().IndexOf(name);
    }

    private static OptionsValidationException Invalid(string failure) =>
        new(TelemetryEventsOptions.SectionName, typeof(TelemetryEventsOptions), [failure]);
}
