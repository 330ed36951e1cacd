using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>A target of the catalog as it was found for one run: the labels that its series share.</summary>
/// <param name="Scope">What its series count.</param>
/// <param name="Labels">In the catalog's order.</param>
internal sealed record FoundTarget(MetricScope Scope, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    /// <summary>Its last sample that was read; it need not be of the run's time.</summary>
    public DateTimeOffset LastSeen { get; init; }

    public PrometheusSelector Restrict(PrometheusSelector selector) =>
        Labels.Aggregate(selector, (restricted, label) => restricted.Where(label.Key, label.Value));

    public override string ToString() => string.Join(", ", Labels.Select(label => $"{label.Key} \"{label.Value}\""));
}
