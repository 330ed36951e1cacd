using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>One selector for several runs of a node.</summary>
/// <param name="Selector">Selects the series of all of them.</param>
/// <param name="Label">The label that tells whose a series is.</param>
/// <param name="ValueOf">A run's value of it, of its placeholders' values; null where it has none, and so no series.</param>
internal sealed record SharedSelector(
    PrometheusSelector Selector, string Label, Func<IReadOnlyDictionary<string, string>, string?> ValueOf);
