namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>How a run's node or pod is found among the series.</summary>
/// <param name="Name">What sources call it.</param>
/// <param name="Scope">What its series count.</param>
/// <param name="Find">Tried in order until one finds a series.</param>
/// <param name="Labels">Taken from the series found; all series of the target have them in common.</param>
public sealed record MetricTarget(
    string Name, MetricScope Scope, IReadOnlyList<SelectorTemplate> Find, IReadOnlyList<string> Labels);
