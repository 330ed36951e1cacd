using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

/// <summary>What holds for every history, with resets, holes and series that come and go, and for every window.</summary>
[Properties(Arbitrary = [typeof(WindowProperties)], MaxTest = 500)]
public class WindowProperties
{
    public sealed record History(Sample[][] Series, TimeWindow Window);

    public static Arbitrary<History> Histories()
    {
        var value = Gen.Frequency(
            (3, Gen.Choose(0, 1_000_000).Select(v => v / 1000.0)),
            (1, Gen.Choose(0, 1_000_000_000).Select(v => v * 1000.0)));
        var sample = Gen.Choose(-120_000, 240_000).SelectMany(_ => value, (ms, v) => (ms, v));
        var series = Gen.NonEmptyListOf(sample).Select(list => list
            .DistinctBy(s => s.ms).OrderBy(s => s.ms)
            .Select(s => new Sample(Given.Origin.ToUnixTimeMilliseconds() + s.ms, s.v)).ToArray());
        // From no length over a few ticks to two minutes.
        var ticks = Gen.Frequency(
            (1, Gen.Constant(0)), (2, Gen.Choose(1, 20)), (3, Gen.Choose(1, 100_000_000)), (3, Gen.Choose(1, 1_200_000_000)));
        var histories =
            from count in Gen.Choose(1, 4)
            from all in Gen.ArrayOf(series, count)
            from start in Gen.Choose(0, 600_000_000)
            from length in ticks
            select new History(all, new TimeWindow(Given.Origin.AddTicks(start), Given.Origin.AddTicks((long)start + length)));
        return histories.ToArbitrary();
    }

    [Property]
    public void Counter_figures_are_finite_not_negative_and_in_order(History history)
    {
        if (Counter(history) is not { } figures)
            return;

        Assert.All([figures.Min, figures.Integral], value => Assert.True(double.IsFinite(value) && value >= 0));
        Assert.True(double.IsFinite(figures.Max));
        Assert.InRange(figures.Average, figures.Min, figures.Max);
        Assert.InRange(figures.P95, figures.Min, figures.Max);
        Assert.InRange(figures.Samples, 1, int.MaxValue);
    }

    [Property]
    public void Counter_gains_no_more_than_its_samples_did(History history)
    {
        if (Counter(history) is not { } figures)
            return;

        var line = CounterLine.Sum(history.Series, history.Window.Start);
        Assert.InRange(figures.Integral, 0, line[^1].Value);
    }

    [Property]
    public void Gauge_figures_are_in_order_and_within_the_samples(History history)
    {
        var samples = history.Series[0];
        var figures = GaugeWindow.Summarize(
            GaugeLine.Sum([samples], history.Window.Start), history.Window.Length.TotalSeconds);

        Assert.InRange(figures.Min, samples.Min(s => s.Value), figures.Max);
        Assert.InRange(figures.Max, figures.Min, samples.Max(s => s.Value));
        Assert.InRange(figures.Average, figures.Min, figures.Max);
        Assert.InRange(figures.P95, figures.Min, figures.Max);
        Assert.True(double.IsFinite(figures.Integral));
    }

    [Property]
    public void Counter_windows_that_meet_at_a_sample_add_up(History history)
    {
        var (start, finish) = (history.Window.Start, history.Window.Finish);
        var borders = history.Series.SelectMany(series => series)
            .Select(sample => DateTimeOffset.FromUnixTimeMilliseconds(sample.UnixMilliseconds))
            .Where(time => time > start && time < finish);
        if (Counter(history) is not { } whole)
            return;

        foreach (var border in borders)
        {
            var first = Counter(history with { Window = new TimeWindow(start, border) })!;
            var second = Counter(history with { Window = new TimeWindow(border, finish) })!;
            AssertClose(whole.Integral, first.Integral + second.Integral, history);
        }
    }

    [Property]
    public void Gauge_windows_add_up_wherever_they_meet(History history, byte share)
    {
        var length = history.Window.Length;
        var border = history.Window.Start + length * (share / 255.0);
        double Integral(DateTimeOffset start, DateTimeOffset finish) => GaugeWindow.Summarize(
            GaugeLine.Sum([history.Series[0]], start), (finish - start).TotalSeconds).Integral;

        AssertClose(
            Integral(history.Window.Start, history.Window.Finish),
            Integral(history.Window.Start, border) + Integral(border, history.Window.Finish),
            history);
    }

    [Property]
    public void Moving_everything_in_time_changes_nothing(History history, int seconds)
    {
        var shift = TimeSpan.FromSeconds(seconds % 1_000_000_000);
        var moved = new History(
            [.. history.Series.Select(series => series
                .Select(s => s with { UnixMilliseconds = s.UnixMilliseconds + (long)shift.TotalMilliseconds }).ToArray())],
            new TimeWindow(history.Window.Start + shift, history.Window.Finish + shift));

        Assert.Equal(Counter(history), Counter(moved));
    }

    [Property]
    public void Order_of_the_series_does_not_matter(History history)
    {
        if (Counter(history) is not { } figures || history.Window.Length == TimeSpan.Zero)
            return;

        var turned = Counter(history with { Series = [.. history.Series.Reverse()] })!;
        AssertClose(figures.Integral, turned.Integral, history);
        Assert.Equal(figures.Samples, turned.Samples);
    }

    [Property]
    public void Coverage_is_a_share(History history, byte gap)
    {
        var line = CounterLine.Sum(history.Series, history.Window.Start);

        Assert.InRange(WindowCoverage.Of(line, history.Window.Length.TotalSeconds, TimeSpan.FromSeconds(gap)), 0, 1);
    }

    [Property]
    public void Steady_counter_is_measured_exactly_in_any_window(PositiveInt rate, int start, ushort length)
    {
        var offset = Math.Abs(start % 600_000) / 10_000.0;
        var seconds = (length + 1) / 1000.0;
        var line = Given.CounterFrom(offset, [.. Enumerable.Range(-2, 20).Select(i => (i * 15.0, (i + 2) * 15.0 * rate.Get))]);

        var figures = CounterWindow.Summarize(line, seconds);

        Assert.Equal(1, figures.Integral / (seconds * rate.Get), 1e-6);
        Assert.Equal(1, figures.Max / rate.Get, 1e-6);
        Assert.Equal(1, figures.Min / rate.Get, 1e-6);
    }

    private static WindowStatistics? Counter(History history)
    {
        var line = CounterLine.Sum(history.Series, history.Window.Start);
        return line.Count < 2 ? null : CounterWindow.Summarize(line, history.Window.Length.TotalSeconds);
    }

    /// <summary>Equal but for rounding, of which the size of the samples decides.</summary>
    private static void AssertClose(double expected, double actual, History history)
    {
        var size = history.Series.Sum(series => series.Sum(sample => sample.Value)) * (1 + history.Window.Length.TotalSeconds);
        Assert.InRange(actual, expected - 1e-9 * size, expected + 1e-9 * size);
    }
}
