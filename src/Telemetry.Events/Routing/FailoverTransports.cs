using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Routing;

/// <summary>The registered transports, and behind them one more for each pair of a first and a second that the options name.</summary>
internal sealed class FailoverTransports : IDisposable
{
    private readonly FailoverMetrics _metrics;

    /// <exception cref="OptionsValidationException">A failover names a transport that is not registered, or the first one itself.</exception>
    public FailoverTransports(
        IEnumerable<IEventTransport> transports,
        IOptions<TelemetryEventsOptions> options,
        TimeProvider time,
        ILoggerFactory? loggers = null,
        IMeterFactory? meters = null)
    {
        var registered = transports.ToList();
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events");
        Pairs =
        [
            .. Named(options.Value).Distinct().Select(pair => new FailoverTransport(
                Find(registered, pair.First, pair), Find(registered, pair.Second, pair), options.Value.Failover, time, logger)
            {
                IsDefault = options.Value.Failover.Transports.Contains(KeyValuePair.Create(pair.First, pair.Second)),
            }),
        ];
        All = [.. registered, .. Pairs];
        _metrics = new FailoverMetrics(Pairs, meters);
    }

    /// <summary>What a publisher takes: the first registered is still the first.</summary>
    public IReadOnlyList<IEventTransport> All { get; }

    public IReadOnlyList<FailoverTransport> Pairs { get; }

    public void Dispose() => _metrics.Dispose();

    private static IEnumerable<(string First, string Second)> Named(TelemetryEventsOptions options) =>
        options.Routes.Where(route => !string.IsNullOrEmpty(route.Failover)).Select(route => (route.Transport, route.Failover!))
            .Concat(options.Failover.Transports.Select(pair => (pair.Key, pair.Value)));

    private static IEventTransport Find(List<IEventTransport> registered, string name, (string First, string Second) pair)
    {
        if (pair.First == pair.Second)
        {
            throw Invalid(
                $"The failover of transport '{pair.First}' is itself. Name another one in {TelemetryEventsOptions.SectionName}:Failover:Transports " +
                "or in the route's Failover.");
        }

        return registered.Find(transport => transport.Name == name) ?? throw Invalid(
            $"The failover from '{pair.First}' to '{pair.Second}' names the transport '{name}', which is not registered. " +
            $"Registered: {string.Join(", ", registered.Select(transport => transport.Name))}. " +
            $"Correct {TelemetryEventsOptions.SectionName}:Failover:Transports or the route's Failover, or add the transport.");
    }

    private static OptionsValidationException Invalid(string failure) =>
        new(TelemetryEventsOptions.SectionName, typeof(TelemetryEventsOptions), [failure]);
}
