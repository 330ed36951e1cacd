namespace Telemetry.Collector.Measuring;

/// <summary>How a measurement was made.</summary>
/// <param name="OtherRuns">Runs near on the node that were solved for together with it.</param>
/// <param name="Queries">All that was asked, in order.</param>
/// <param name="Metrics">What became of each metric of the catalog that was found or is required.</param>
public sealed record MeasurementExplanation(
    int OtherRuns, IReadOnlyList<ExplainedQuery> Queries, IReadOnlyList<ExplainedMetric> Metrics);
