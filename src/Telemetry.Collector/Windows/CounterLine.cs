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
    public static SampleLine Sum(IEnumerable<IReadOnlyList<Sample>> series, DateTimeOffset origin) =>
        Read(series, origin, seriesLimit: null, capacity: null).Line;

    /// <summary>As <see cref="Sum"/>, with what the resets may have hidden.</summary>
    /// <param name="series">Raw samples of each series, oldest first.</param>
    /// <param name="origin">Second 0 of the line: the window's start.</param>
    /// <param name="seriesLimit">The most that one series can grow in a second; null where unknown: then no series is taken
    /// to have grown faster around a reset than between any two of its samples.</param>
    /// <param name="capacity">The most that all of them together can grow in a second; null where unknown.</param>
    /// <exception cref="ArgumentException">A series' samples are out of order.</exception>
    public static CounterHistory Read(
        IEnumerable<IReadOnlyList<Sample>> series, DateTimeOffset origin, double? seriesLimit, double? capacity)
    {
        var raw = series
            .Select(samples => SampleLine.ToPoints(samples, origin).Where(point => point.Value >= 0).ToArray())
            .Where(points => points.Length > 0)
            .ToArray();
        var losses = raw.SelectMany(points => Losses(points, seriesLimit)).ToArray();
        return new CounterHistory(Add([.. raw.Select(points => new SampleLine(Increase(points)))]), losses, capacity);
    }

    private static SampleLine Add(SampleLine[] increases)
    {
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

    private static IEnumerable<CounterLoss> Losses(SamplePoint[] raw, double? limit)
    {
        for (var i = 1; i < raw.Length; i++)
        {
            if (raw[i].Value >= raw[i - 1].Value)
                continue;
            var seconds = raw[i].Seconds - raw[i - 1].Seconds;
            var most = (limit ?? FastestRate(raw)) * seconds - raw[i].Value;
            yield return new CounterLoss(raw[i - 1].Seconds, raw[i].Seconds, Math.Max(0, most));
        }
    }

    private static double FastestRate(SamplePoint[] raw) => Enumerable.Range(1, raw.Length - 1)
        .Max(i => Math.Max(0, (raw[i].Value - raw[i - 1].Value) / (raw[i].Seconds - raw[i - 1].Seconds)));

    private static IEnumerable<double> Times(SampleLine line) => Enumerable.Range(0, line.Count).Select(i => line[i].Seconds);
}
