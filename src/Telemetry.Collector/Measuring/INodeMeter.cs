using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>Measures one run on its node.</summary>
public interface INodeMeter
{
    /// <summary>
    /// How far before and after a window samples are read. Runs that touch this time on the same node belong into
    /// <see cref="MeterRequest.Others"/>.
    /// </summary>
    TimeSpan Reach { get; }

    /// <summary>
    /// The figures, or no data with the reason, which both are final; or a failure, after which the caller tries again later.
    /// May be called from any thread.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<PrometheusResult<Measurement>> MeasureAsync(MeterRequest request, CancellationToken cancellationToken);
}
