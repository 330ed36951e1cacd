using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Measures one node over one window.</summary>
public interface INodeMeter
{
    /// <summary>
    /// The figures, or no data with the reason, which both are final; or a failure, after which the caller tries again later.
    /// May be called from any thread.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<PrometheusResult<Measurement>> MeasureAsync(string node, TimeWindow window, CancellationToken cancellationToken);
}
