using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Windows;

/// <summary>Counters of many series as one line of their common increase, which never falls.</summary>
public static class CounterLine
{
    /// <summary>
    /// Corrects each series for resets, then adds them up at every moment at which any of them has a sample: a series counts
    /// from its own first sample, on straight lines between its samples, and stays flat after its last one.
    /// </summary>
    /// <param name="series">Raw samples of each series, oldest first.</param>
    /// <param name="origin">Second 0 of the line: the window's start.</param>
    /// <exception cref="ArgumentException">A series' samples are out of order.</exception>
    public static SampleLine Sum(IEnumerable<IReadOnlyList<Sample>> series, DateTimeOffset origin)
    {
        var increases = series
            .Select(samples => SampleLine.ToPoints(samples, origin).Where(point => point.Value >= 0).ToArray())
            .Where(points => points.Length > 0)
            .Select(points => new SampleLine(Increase(points)))
            .ToArray();
        var moments = increases.SelectMany(Times).Distinct().Order().ToArray();
        var sums = new double[moments.Length];
        foreach (var increase in increases)
        {
            for (var (i, after) = (0, 0); i < moments.Length; i++)
            {
                while (after < increase.Count && increase[after].Seconds < moments[i])
                    after++;
                sums[i] += increase.At(moments[i], after);
            }
        }

        return new SampleLine([.. moments.Zip(sums, (seconds, sum) => new SamplePoint(seconds, sum))]);
    }

    private static SamplePoint[] Increase(SamplePoint[] raw)
    {
        var points = new SamplePoint[raw.Length];
        var beforeResets = 0.0;
        for (var i = 0; i < raw.Length; i++)
        {
            // A counter falls only by starting again from zero; what it had then is kept. What it gained between its last
            // sample and the reset is nowhere: the sum is a lower bound there.
            if (i > 0 && raw[i].Value < raw[i - 1].Value)
                beforeResets += raw[i - 1].Value;
            points[i] = raw[i] with { Value = beforeResets + raw[i].Value - raw[0].Value };
        }

        return points;
    }

    private static IEnumerable<double> Times(SampleLine line) => Enumerable.Range(0, line.Count).Select(i => line[i].Seconds);
}
