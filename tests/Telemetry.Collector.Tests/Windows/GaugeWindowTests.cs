using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class GaugeWindowTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void Window_between_samples_is_cut_from_straight_lines()
    {
        // 2 to 8 over ten seconds: 3.2 at 2 and 6.8 at 8.
        var figures = Given.Gauge(2, 8, (0, 2), (10, 8));

        Assert.Equal(3.2, figures.Min, Tolerance);
        Assert.Equal(6.8, figures.Max, Tolerance);
        Assert.Equal(5, figures.Average, Tolerance);
        Assert.Equal(30, figures.Integral, Tolerance);
        Assert.Equal(3.2 + 0.95 * 3.6, figures.P95, Tolerance);
        Assert.Equal(2, figures.Samples);
    }

    [Fact]
    public void Average_weighs_time_and_not_samples()
    {
        // Three samples on the plateau of one second, two on the one of nine.
        var figures = Given.Gauge(0, 10, (0, 10), (0.5, 10), (1, 10), (1.001, 0), (10, 0));

        Assert.Equal(10.005, figures.Integral, 1e-6);
    }

    [Fact]
    public void P95_stands_where_the_value_stays()
    {
        var figures = Given.Gauge(0, 100, (0, 1), (90, 1), (90.001, 5), (100, 5));

        Assert.Equal(5, figures.P95, Tolerance);
    }

    [Fact]
    public void Outside_the_samples_the_nearest_one_holds()
    {
        var figures = Given.Gauge(0, 10, (1, 4), (9, 6));

        Assert.Equal(4 + 40 + 6, figures.Integral, Tolerance);
        Assert.Equal(6, figures.Max, Tolerance);
    }

    [Fact]
    public void Difference_of_two_gauges_counts_only_moments_that_have_both()
    {
        var line = GaugeLine.Sum(
            [Given.Samples((0, 100), (10, 100), (20, 100)), Given.Samples((0, -40), (20, -60))], Given.Origin);

        Assert.Equal(2, line.Count);
        Assert.Equal((60, 50, 40), (line.At(0), line.At(10), line.At(20)));
    }

    [Fact]
    public void Single_moment_has_its_value_and_no_integral()
    {
        var figures = Given.Gauge(5, 5, (0, 2), (10, 8));

        Assert.Equal(new WindowStatistics(5, 5, 5, 5, 0, 2), figures);
    }
}
