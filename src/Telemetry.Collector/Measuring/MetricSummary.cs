namespace Telemetry.Collector.Measuring;

/// <summary>One metric over one run's window. All statistics are weighted by time, not by sample.</summary>
/// <param name="Name">Such as <c>node.cpu</c>; the catalog is docs/metrics-catalog.md.</param>
/// <param name="Unit">Unit of min, max, average and p95, such as <c>cores</c> or <c>bytes</c>.</param>
/// <param name="IntegralUnit">Unit of the integral, such as <c>core-seconds</c> or <c>byte-seconds</c>.</param>
/// <param name="Min">Lowest value in the window.</param>
/// <param name="Max">Highest value in the window.</param>
/// <param name="Average">Integral divided by the window's length.</param>
/// <param name="P95">The value that the metric did not exceed for 95 % of the window's time.</param>
/// <param name="Integral">The value summed over time: for a counter, what it gained in the window.</param>
/// <param name="Samples">Scrapes that the figures rest on, brackets included.</param>
public sealed record MetricSummary(
    string Name,
    string Unit,
    string IntegralUnit,
    double Min,
    double Max,
    double Average,
    double P95,
    double Integral,
    int Samples);
