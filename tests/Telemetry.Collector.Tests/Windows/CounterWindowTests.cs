using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class CounterWindowTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void Worked_example_of_the_documentation()
    {
        // docs/window-metrics.md: a background of 0.2 cores, and one core more from 20 to 25.
        var figures = Given.Counter(20, 25, (0, 100), (15, 103), (30, 111), (45, 114));

        Assert.Equal(6.0, figures.Integral, Tolerance);
        Assert.Equal(1.2, figures.Average, Tolerance);
        Assert.Equal(1.2, figures.Min, Tolerance);
        Assert.Equal(1.2, figures.Max, Tolerance);
        Assert.Equal(1.2, figures.P95, Tolerance);
        Assert.Equal(4, figures.Samples);
    }

    [Fact]
    public void Different_backgrounds_before_and_after_are_carried_to_their_own_edge()
    {
        // 0.2 cores until 20, two cores until 25, 0.8 cores from then on.
        var figures = Given.Counter(20, 25, (0, 0), (15, 3), (30, 3 + 1 + 10 + 4), (45, 30));

        Assert.Equal(10, figures.Integral, Tolerance);
    }

    [Fact]
    public void Long_window_has_the_rates_of_its_intervals()
    {
        // One core from 10 to 20, three to 30, two to 40; nothing outside.
        var figures = Given.Counter(10, 40, (-10, 0), (0, 0), (10, 0), (20, 10), (30, 40), (40, 60), (50, 60));

        Assert.Equal(60, figures.Integral, Tolerance);
        Assert.Equal(1, figures.Min, Tolerance);
        Assert.Equal(3, figures.Max, Tolerance);
        Assert.Equal(2, figures.Average, Tolerance);
        Assert.Equal(3, figures.P95, Tolerance);
        Assert.Equal(4, figures.Samples);
    }

    [Fact]
    public void P95_ignores_a_peak_of_a_twentieth_of_the_time()
    {
        var samples = Enumerable.Range(-2, 25).Select(t => ((double)t, t + (t >= 7 ? 8.0 : 0))).ToArray();

        var figures = Given.Counter(0, 20, samples);

        Assert.Equal(9, figures.Max, Tolerance);
        Assert.Equal(1, figures.P95, Tolerance);
        Assert.Equal(28, figures.Integral, Tolerance);
    }

    [Fact]
    public void Backgrounds_that_claim_more_than_was_gained_leave_nothing()
    {
        var figures = Given.Counter(20, 25, (0, 0), (15, 15), (30, 20), (45, 35));

        Assert.Equal(new WindowStatistics(0, 0, 0, 0, 0, 4), figures);
    }

    [Fact]
    public void Background_never_carries_an_edge_past_the_next_sample()
    {
        // Three cores and more before, next to nothing from 0 on: carried to the start it would be 65, but at 15 it is 51.
        var figures = Given.Counter(4.5, 45, (-15, 0), (0, 50), (15, 51), (30, 66), (45, 81), (60, 96));

        Assert.Equal(30, figures.Integral, Tolerance);
        Assert.Equal(0, figures.Min, Tolerance);
    }

    [Fact]
    public void Without_a_second_sample_before_the_start_the_edge_is_on_a_straight_line()
    {
        var figures = Given.Counter(5, 15, (0, 0), (15, 12), (30, 12));

        Assert.Equal(8, figures.Integral, Tolerance);
    }

    [Fact]
    public void Without_a_second_sample_after_the_finish_the_edge_is_on_a_straight_line()
    {
        var figures = Given.Counter(15, 20, (0, 0), (15, 0), (30, 12));

        Assert.Equal(4, figures.Integral, Tolerance);
    }

    [Fact]
    public void Nothing_is_added_where_samples_end()
    {
        var figures = Given.Counter(0, 32, (0, 0), (10, 10), (20, 20), (30, 30));

        Assert.Equal(30, figures.Integral, Tolerance);
        Assert.Equal(30.0 / 32, figures.Average, Tolerance);
        // The last two seconds are joined with the interval before: a rate of 0 was never seen.
        Assert.Equal(10.0 / 12, figures.Min, Tolerance);
    }

    [Fact]
    public void Reset_in_the_window_loses_only_what_came_between_the_last_sample_and_it()
    {
        // One core all the time; the node restarts at 22, when the counter stood at 122.
        var figures = Given.Counter(10, 40, (-10, 90), (0, 100), (10, 110), (20, 120), (30, 8), (40, 18), (50, 28));

        Assert.Equal(28, figures.Integral, Tolerance);
        Assert.Equal(0.8, figures.Min, Tolerance);
        Assert.Equal(1, figures.Max, Tolerance);
    }

    [Fact]
    public void Short_edge_pieces_do_not_become_peaks()
    {
        // The window reaches 0.1 s over a sample; half a core-second of noise there must not read as five cores.
        var figures = Given.Counter(9.9, 30, (-10, 0), (0, 1), (10, 2.5), (20, 12.5), (30, 22.5), (40, 23.5), (50, 24.5));

        Assert.Equal(22.5 - (1 + 0.99), figures.Integral, Tolerance);
        Assert.InRange(figures.Max, 1, 1.06);
    }

    [Fact]
    public void Single_moment_has_the_rate_of_its_interval_and_no_integral()
    {
        var figures = Given.Counter(20, 20, (0, 0), (15, 3), (30, 18), (45, 21));

        Assert.Equal(new WindowStatistics(1, 1, 1, 1, 0, 4), figures);
    }

    [Fact]
    public void One_sample_gives_no_rate() =>
        Assert.Throws<ArgumentException>(() => Given.Counter(0, 5, (0, 1)));
}
