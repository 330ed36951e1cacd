using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Copies of one series, as two Prometheus servers that scrape the same targets leave them in a common store.</summary>
internal static class Replicas
{
    /// <summary>
    /// One of each set of series that differ in the replica labels alone: the one whose samples cover the window best, then
    /// the one with more of them, then the first by labels.
    /// </summary>
    public static IReadOnlyList<Series> BestCovered(
        IReadOnlyList<Series> series, IReadOnlyList<string> replicaLabels, TimeWindow window, TimeSpan longestGap)
    {
        if (series.Count < 2 || !series.Any(one => replicaLabels.Any(one.Labels.ContainsKey)))
            return series;
        return
        [
            .. series
                .GroupBy(one => Key(one.Labels.Where(label => !replicaLabels.Contains(label.Key))), StringComparer.Ordinal)
                .Select(copies => copies
                    .OrderByDescending(one => WindowCoverage.Of(
                        CounterLine.Sum([one.Samples], window.Start), window.Length.TotalSeconds, longestGap))
                    .ThenByDescending(one => one.Samples.Count)
                    .ThenBy(one => Key(one.Labels), StringComparer.Ordinal)
                    .First()),
        ];
    }

    // U+FFFF is a noncharacter: it separates what no label can hold.
    private static string Key(IEnumerable<KeyValuePair<string, string>> labels) => string.Join('\uffff', labels
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .SelectMany(label => new[] { label.Key, label.Value }));
}
