namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>One selector that a metric is made of.</summary>
/// <param name="Select">Without the target's labels.</param>
/// <param name="Scale">Multiplies the samples. Not 0; below 0, the term is subtracted (gauges only).</param>
public sealed record MetricTerm(SelectorTemplate Select, double Scale);
