using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;

namespace Telemetry.Events.Routing;

/// <summary>Which transport is in use, on the meter <c>Telemetry.Events</c>.</summary>
internal sealed class FailoverMetrics : IDisposable
{
    private readonly Meter? _meter;

    public FailoverMetrics(IReadOnlyList<FailoverTransport> pairs, IMeterFactory? meters)
    {
        if (pairs.Count == 0)
            return;
        _meter = meters?.Create(PublisherMetrics.MeterName) ?? new Meter(PublisherMetrics.MeterName);
        _meter.CreateObservableGauge(
            "telemetry.events.failover.active",
            () => pairs.Select(pair => new Measurement<int>(
                pair.State == CircuitState.Closed ? 0 : 1, new("transport", pair.Primary.Name), new("failover", pair.Secondary.Name))),
            description: "1 while the first transport's circuit is not closed and events go by the second, else 0.");
    }

    public void Dispose() => _meter?.Dispose();
}
