namespace Telemetry.Collector.Measuring;

/// <summary>What Prometheus had to say about one run.</summary>
/// <param name="Metrics">The figures of the metrics that are measured in full, in one row each. Empty where there is no data.
/// </param>
/// <param name="NoDataReason">Null where there is data; else a sentence: what was looked for and not found.</param>
public sealed record Measurement(IReadOnlyList<MetricSummary> Metrics, string? NoDataReason)
{
    /// <summary>Every figure with its bounds and state, those without a value too.</summary>
    public IReadOnlyList<MeasuredValue> Values { get; init; } = [];

    public static Measurement NoData(string reason) => new([], reason);
}
