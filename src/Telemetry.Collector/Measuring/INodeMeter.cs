using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>Measures runs on their node. All members may be called from any thread.</summary>
public interface INodeMeter
{
    /// <summary>
    /// How far before and after a window samples are read. Runs that touch this time on the same node belong into
    /// <see cref="MeterRequest.Others"/>.
    /// </summary>
    TimeSpan Reach { get; }

    /// <summary>
    /// Measures runs of one node with the same queries, over the time of all of them: runs far apart are better asked for one
    /// by one.
    /// </summary>
    /// <returns>
    /// One result for each request, in their order: the figures, or no data with the reason, which both are final; or a
    /// failure, after which the caller tries again later.
    /// </returns>
    /// <exception cref="ArgumentException">The requests name several nodes.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<PrometheusResult<Measurement>>> MeasureAsync(
        IReadOnlyList<MeterRequest> requests, CancellationToken cancellationToken);

    /// <summary>The last sample of the run's pod, or else of its node, that is within the request's window.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<PrometheusResult<RunEvidence>> FindLastSampleAsync(MeterRequest request, CancellationToken cancellationToken);
}
