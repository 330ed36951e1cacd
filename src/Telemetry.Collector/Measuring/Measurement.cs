namespace Telemetry.Collector.Measuring;

/// <summary>What Prometheus had to say about one node in one window.</summary>
/// <param name="Metrics">Empty where there is no data.</param>
/// <param name="NoDataReason">Null where there is data; else a sentence: what was looked for and not found.</param>
public sealed record Measurement(IReadOnlyList<MetricSummary> Metrics, string? NoDataReason)
{
    public static Measurement NoData(string reason) => new([], reason);
}
