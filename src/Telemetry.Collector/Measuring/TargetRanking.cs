using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Chooses among the targets that report on the same node or pod.</summary>
internal static class TargetRanking
{
    /// <summary>
    /// The targets, the one that covers the window best first: they say the same thing twice, so one is taken and they are
    /// never added up. Between equals the order is by labels, so that a repeated measurement takes the same one.
    /// </summary>
    public static IReadOnlyList<FoundTarget> Rank(
        MetricTarget target, IReadOnlyList<Series> found, TimeWindow window, TimeSpan longestGap) =>
    [
        .. found
            // A kernel update during the run gives the same target a second series.
            .GroupBy(series => string.Join('\uffff', target.Labels.Select(series.Label)), StringComparer.Ordinal)
            .Select(group => (
                Labels: target.Labels.Select(label => KeyValuePair.Create(label, group.First().Label(label))).ToArray(),
                Line: CounterLine.Sum(group.Select(series => series.Samples), window.Start),
                group.Key))
            .OrderByDescending(candidate => WindowCoverage.Of(candidate.Line, window.Length.TotalSeconds, longestGap))
            .ThenByDescending(candidate => candidate.Line.Count)
            .ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .Select(candidate => new FoundTarget(target.Scope, candidate.Labels)
            {
                LastSeen = candidate.Line.Count == 0 ? DateTimeOffset.MinValue
                    : window.Start.AddMilliseconds(Math.Round(candidate.Line[candidate.Line.Count - 1].Seconds * 1000)),
            }),
    ];
}
