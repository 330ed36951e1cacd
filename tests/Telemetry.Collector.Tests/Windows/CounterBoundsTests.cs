using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class CounterBoundsTests
{
    private const double Tolerance = 1e-9;

    // A background of 0.2 cores, and one core more from 20 to 25 s.
    private static readonly (double, double)[] Example = [(-15, 97), (0, 100), (15, 103), (30, 111), (45, 114), (60, 117)];

    [Fact]
    public void Steady_background_leaves_no_doubt()
    {
        var figures = Measure(20, 25, Example);

        AssertNear((6, 6, 6), figures.Node.Integral);
        AssertNear((5, 5, 5), figures.Own);
        Assert.Equal(WindowMethod.ChangePoint, figures.Own.Method);
    }

    [Fact]
    public void Restless_background_widens_the_bounds()
    {
        var restless = Measure(20, 25, (-30, 94.5), (-15, 97), (0, 100), (15, 103), (30, 111), (45, 114.5), (60, 117));

        Assert.InRange(restless.Node.Integral.Lo, 0, 5.5);
        Assert.InRange(restless.Node.Integral.Hi!.Value, 6.1, 8);
    }

    [Fact]
    public void Without_samples_outside_to_learn_from_the_bounds_are_what_was_counted()
    {
        var figures = Measure(20, 25, (15, 103), (30, 111));

        Assert.Equal((0, 8), (figures.Node.Integral.Lo, figures.Node.Integral.Hi));
        Assert.Equal((0, 8, WindowMethod.Linear), (figures.Own.Lo, figures.Own.Hi, figures.Own.Method));
    }

    [Fact]
    public void Capacity_limits_what_can_have_been_counted()
    {
        var figures = Measure(20, 25, capacity: 1, [(15, 103), (30, 111)]);

        // One core counts 5 in five seconds at most; all of the 8 may have come in the ten seconds outside.
        Assert.Equal((0, 5), (figures.Node.Integral.Lo, figures.Node.Integral.Hi));
    }

    [Fact]
    public void Start_that_no_sample_precedes_has_no_upper_bound_unless_the_capacity_is_known()
    {
        (double, double)[] samples = [(25, 10), (40, 20), (55, 21), (70, 22)];

        Assert.Null(Measure(20, 40, samples).Node.Integral.Hi);
        Assert.Equal(10 + 5 * 4, Measure(20, 40, capacity: 4, samples).Node.Integral.Hi!.Value, Tolerance);
    }

    [Fact]
    public void Reset_raises_the_upper_bound_by_what_it_may_have_hidden()
    {
        // Restarts somewhere between 30 and 45 s.
        (double, double)[] samples = [(-15, 85), (0, 100), (15, 115), (30, 130), (45, 5), (60, 20), (75, 35)];
        var figures = Measure(15, 60, capacity: 1, samples);

        Assert.Equal(15 + 5 + 15, figures.Node.Integral.Value, Tolerance);
        Assert.Equal(45, figures.Node.Integral.Hi!.Value, Tolerance);
    }

    [Fact]
    public void Two_runs_that_overlap_are_told_apart_by_the_rates_where_each_is_alone()
    {
        // Two cores from 0 to 90 s; one core from 30 to 60 s; nothing else.
        double Count(double t) => 2 * Math.Clamp(t, 0, 90) + Math.Clamp(t - 30, 0, 30);
        var samples = Enumerable.Range(-8, 24).Select(i => (i * 15.0, 1000 + Count(i * 15.0))).ToArray();

        var longer = Measure(0, 90, capacity: null, samples, new RunSpan(30, 60));
        var shorter = Measure(30, 60, capacity: null, samples, new RunSpan(0, 90));

        Assert.Equal(180, longer.Own.Value, 2.0);
        Assert.Equal(30, shorter.Own.Value, 2.0);
        Assert.Equal(210, longer.Node.Integral.Value, Tolerance);
        Assert.Equal(WindowMethod.Joint, longer.Own.Method);
    }

    [Fact]
    public void Two_runs_at_the_same_time_share_equally_and_the_bounds_say_that_nobody_knows()
    {
        double Count(double t) => 3 * Math.Clamp(t, 0, 60);
        var samples = Enumerable.Range(-8, 24).Select(i => (i * 15.0, 1000 + Count(i * 15.0))).ToArray();

        var own = Measure(0, 60, capacity: null, samples, new RunSpan(0, 60)).Own;

        Assert.Equal(90, own.Value, 1.0);
        Assert.Equal(0, own.Lo, Tolerance);
        Assert.Equal(180, own.Hi!.Value, 1.0);
    }

    [Fact]
    public void Run_next_to_another_is_not_taken_for_its_background()
    {
        // Three cores up to 20 s, then one from 20 s to 25 s; a straight change point would carry the three cores on.
        double Count(double t) => 3 * Math.Clamp(t, -60, 20) + Math.Clamp(t - 20, 0, 5);
        var samples = Enumerable.Range(-10, 20).Select(i => (i * 15.0, 1000 + Count(i * 15.0))).ToArray();

        var own = Measure(20, 25, capacity: null, samples, new RunSpan(-60, 20)).Own;

        Assert.Equal(5, own.Value, 1.5);
        Assert.InRange(5, own.Lo, own.Hi!.Value);
    }

    [Fact]
    public void Hundreds_of_runs_share_by_time_with_bounds_that_assume_nothing()
    {
        var samples = Enumerable.Range(-8, 24).Select(i => (i * 15.0, 1000 + 15.0 * i)).ToArray();
        var others = Enumerable.Range(0, 300).Select(i => new RunSpan(i / 10.0, i / 10.0 + 60)).ToArray();

        var own = Measure(0, 60, capacity: null, samples, others).Own;

        Assert.Equal(WindowMethod.SharedByTime, own.Method);
        Assert.InRange(own.Value, 0.01, 5);
        Assert.Equal((0, 60), (own.Lo, own.Hi));
    }

    private static CounterFigures Measure(double start, double finish, params (double, double)[] samples) =>
        Measure(start, finish, null, samples);

    /// <summary>The other runs stand in the samples' time.</summary>
    private static CounterFigures Measure(
        double start, double finish, double? capacity, (double, double)[] samples, params RunSpan[] others) => CounterWindow.Measure(
            CounterLine.Read([Given.Samples(samples)], Given.Origin.AddSeconds(start), capacity, capacity),
            finish - start,
            [.. others.Select(other => new RunSpan(other.Start - start, other.Finish - start))]);

    private static void AssertNear((double Value, double Lo, double Hi) expected, Estimate actual)
    {
        Assert.Equal(expected.Value, actual.Value, Tolerance);
        Assert.Equal(expected.Lo, actual.Lo, Tolerance);
        Assert.Equal(expected.Hi, actual.Hi!.Value, Tolerance);
    }
}
