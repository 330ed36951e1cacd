using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>One selector that a metric is made of.</summary>
/// <param name="Selector">Without the target's labels.</param>
/// <param name="Sign">+1 or -1: added or subtracted. A counter's is +1.</param>
public sealed record NodeMetricTerm(PrometheusSelector Selector, int Sign = 1);
