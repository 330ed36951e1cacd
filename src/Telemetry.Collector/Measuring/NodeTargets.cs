using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Finds the scrape target of a node among the series of <c>node_uname_info</c>.</summary>
internal static class NodeTargets
{
    public static PrometheusSelector Selector(string node) => PrometheusSelector.For("node_uname_info").Where("nodename", node);

    /// <summary>
    /// The targets that report on the node, the one that covers the window best first: they say the same thing twice, so one
    /// is taken and they are never added up. Between equals the order is by name, so that a repeated measurement takes the
    /// same one.
    /// </summary>
    public static IReadOnlyList<NodeTarget> Rank(IReadOnlyList<Series> unames, TimeWindow window, TimeSpan longestGap) =>
    [
        .. unames
            // A kernel update during the run gives the same target a second series.
            .GroupBy(series => new NodeTarget(series.Label("instance"), series.Label("job")))
            .Select(group => (Target: group.Key, Line: CounterLine.Sum(group.Select(series => series.Samples), window.Start)))
            .OrderByDescending(found => WindowCoverage.Of(found.Line, window.Length.TotalSeconds, longestGap))
            .ThenByDescending(found => found.Line.Count)
            .ThenBy(found => found.Target.Instance, StringComparer.Ordinal)
            .ThenBy(found => found.Target.Job, StringComparer.Ordinal)
            .Select(found => found.Target),
    ];
}
