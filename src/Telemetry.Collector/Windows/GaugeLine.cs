using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Windows;

/// <summary>Gauges of one scrape target, added or subtracted, as one line.</summary>
public static class GaugeLine
{
    /// <summary>
    /// Adds the series, each times its sign, at the moments at which all of them have a sample: series of one target are
    /// scraped together, and a moment that lacks one of them would have to be invented.
    /// </summary>
    /// <param name="terms">Raw samples of each series, oldest first, each moment once; and +1 or -1.</param>
    /// <param name="origin">Second 0 of the line: the window's start.</param>
    public static SampleLine Sum(IEnumerable<(IReadOnlyList<Sample> Samples, int Sign)> terms, DateTimeOffset origin)
    {
        var sums = new SortedDictionary<double, (double Sum, int Terms)>();
        var count = 0;
        foreach (var (samples, sign) in terms)
        {
            count++;
            foreach (var point in SampleLine.ToPoints(samples, origin))
            {
                var (sum, seen) = sums.GetValueOrDefault(point.Seconds);
                sums[point.Seconds] = (sum + sign * point.Value, seen + 1);
            }
        }

        return new SampleLine(
        [
            .. sums.Where(moment => moment.Value.Terms == count)
                .Select(moment => new SamplePoint(moment.Key, moment.Value.Sum)),
        ]);
    }
}
