using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Measuring;

/// <summary>Log messages of the measuring part. Event ids 2200 to 2299 are its own and keep their meaning.</summary>
internal static partial class MeasuringLog
{
    [LoggerMessage(2200, LogLevel.Information, "Run {RunId} on node {Node} is measured ({Stage}): {Metrics} metrics.")]
    public static partial void Measured(this ILogger logger, string runId, string? node, MeasurementStage stage, int metrics);

    [LoggerMessage(2201, LogLevel.Warning, "Run {RunId} on node {Node} has no data: {Reason}")]
    public static partial void NoData(this ILogger logger, string runId, string? node, string reason);

    [LoggerMessage(2202, LogLevel.Warning, "Run {RunId} could not be measured, try {Try}; next one in {Delay}. {Reason}")]
    public static partial void Postponed(this ILogger logger, string runId, int @try, TimeSpan delay, string reason);

    [LoggerMessage(2203, LogLevel.Warning,
        "Node {Node} is reported by {Count} scrape targets; the best covered is used: {Target}.")]
    public static partial void SeveralTargets(this ILogger logger, string node, int count, FoundTarget target);

    [LoggerMessage(2204, LogLevel.Warning, "On node {Node} from {Start:O} to {Finish:O} a metric is not measured in full: {Lack}.")]
    public static partial void MetricWithoutData(
        this ILogger logger, string node, DateTimeOffset start, DateTimeOffset finish, string lack);

    [LoggerMessage(2205, LogLevel.Error, "The store failed; tried again in {Delay}. Nothing is lost: due runs stay due.")]
    public static partial void StoreFailed(this ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(2206, LogLevel.Error, "Measuring run {RunId} failed by a defect of the Collector.")]
    public static partial void MeterDefect(this ILogger logger, Exception exception, string runId);

    [LoggerMessage(2208, LogLevel.Warning, "Run {RunId} on node {Node} is orphaned: {Reason}")]
    public static partial void Orphaned(this ILogger logger, string runId, string? node, string reason);

    [LoggerMessage(2207, LogLevel.Warning,
        "Runs are measured {SettleDelay} after their finish, but two scrapes take {TwoScrapes}: figures at the end of a run " +
        "will be less exact, and short runs may have no data. Raise Collector:Measuring:SettleDelay, " +
        "or lower Collector:Prometheus:ScrapeInterval if the nodes are scraped more often than it says.")]
    public static partial void SettleDelayTooShort(this ILogger logger, TimeSpan settleDelay, TimeSpan twoScrapes);
}
