using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Windows;

/// <summary>Gauges of one scrape target, added up as one line.</summary>
public static class GaugeLine
{
    /// <summary>
    /// Adds the series at the moments at which all of them have a sample: series of one target are
    /// scraped together, and a moment that lacks one of them would have to be invented.
    /// </summary>
    /// <param name="series">Raw samples of each series, oldest first, each moment once; negative to be subtracted.</param>
    /// <param name="origin">Second 0 of the line: the window's start.</param>
    public static SampleLine Sum(IEnumerable<IReadOnlyList<Sample>> series, DateTimeOffset origin)
    {
        var sums = new SortedDictionary<double, (double Sum, int Terms)>();
        var count = 0;
        foreach (var samples in series)
        {
            count++;
            foreach (var point in SampleLine.ToPoints(samples, origin))
            {
                var (sum, seen) = sums.GetValueOrDefault(point.Seconds);
                sums[point.Seconds] = (sum + point.Value, seen + 1);
            }
        }

        return new SampleLine(
        [
            .. sums.Where(moment => moment.Value.Terms == count)
                .Select(moment => new SamplePoint(moment.Key, moment.Value.Sum)),
        ]);
    }
}
