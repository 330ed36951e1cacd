namespace Telemetry.Collector.Measuring;

/// <summary>A metric that is measured on every run's node.</summary>
/// <param name="Name">Its name in the store and on the API.</param>
/// <param name="Unit">Of the value; for a counter, of its rate.</param>
/// <param name="IntegralUnit">Of the value summed over seconds; for a counter, of its increase.</param>
/// <param name="Kind">How samples become figures.</param>
/// <param name="Terms">What to read; the series of all terms are added up.</param>
public sealed record NodeMetric(
    string Name,
    string Unit,
    string IntegralUnit,
    NodeMetricKind Kind,
    IReadOnlyList<NodeMetricTerm> Terms);
