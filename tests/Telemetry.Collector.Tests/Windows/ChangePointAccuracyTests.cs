namespace Telemetry.Collector.Tests.Windows;

/// <summary>
/// Many short processes at random moments on a node with a restless background, scraped every 15 s: the errors that
/// docs/window-metrics.md states. The seed is fixed, so the figures are always the same.
/// </summary>
public class ChangePointAccuracyTests
{
    private const int Runs = 1000;
    private const int Scrape = 15;

    [Theory]
    [InlineData(5, 0.05)]
    [InlineData(20, 0.015)]
    [InlineData(120, 0.003)]
    public void Median_error_of_core_seconds_is_small(int seconds, double limit)
    {
        var random = new Random(seconds);
        var errors = Enumerable.Range(0, Runs).Select(_ => Error(random, seconds)).Order().ToArray();

        Assert.InRange(errors[Runs / 2], 0, limit);
    }

    private static double Error(Random random, double length)
    {
        var start = 75 + random.NextDouble() * Scrape;
        var finish = start + length;
        var background = Background(random, (int)finish + 100);
        // Two cores while the process runs.
        double Counter(double t) => background(t) + 2 * (Math.Clamp(t, start, finish) - start);

        var samples = Enumerable.Range(0, ((int)finish + 90) / Scrape)
            .Select(i => (i * (double)Scrape, Counter(i * Scrape)))
            .ToArray();
        var truth = Counter(finish) - Counter(start);
        return Math.Abs(Given.Counter(Math.Round(start, 3), Math.Round(finish, 3), samples).Integral - truth) / truth;
    }

    /// <summary>A rate that wanders between 0 and 0.6 cores, a little every second, as a counter.</summary>
    private static Func<double, double> Background(Random random, int seconds)
    {
        var sums = new double[seconds + 1];
        var rate = 0.3;
        for (var i = 1; i <= seconds; i++)
        {
            rate = Math.Clamp(rate + (random.NextDouble() - 0.5) * 0.1, 0, 0.6);
            sums[i] = sums[i - 1] + rate;
        }

        return t => sums[(int)t] + (sums[(int)t + 1] - sums[(int)t]) * (t - (int)t);
    }
}
