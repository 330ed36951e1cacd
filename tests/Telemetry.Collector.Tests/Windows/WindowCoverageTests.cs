using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class WindowCoverageTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(45);

    [Fact]
    public void Window_between_two_scrapes_is_covered() =>
        Assert.Equal(1, WindowCoverage.Of(Given.Line((-5, 1), (10, 2)), 5, Gap));

    [Fact]
    public void Time_in_a_gap_is_not_covered() =>
        Assert.Equal(0.4, WindowCoverage.Of(Given.Line((0, 1), (30, 2), (90, 3), (100, 4)), 100, Gap), 1e-9);

    [Fact]
    public void Time_beyond_the_samples_is_not_covered() =>
        Assert.Equal(0.5, WindowCoverage.Of(Given.Line((-10, 1), (10, 2)), 20, Gap), 1e-9);

    [Fact]
    public void Scrape_that_came_a_millisecond_late_is_no_gap() =>
        Assert.Equal(1, WindowCoverage.Of(Given.Line((0, 1), (45.001, 2)), 45, Gap));

    [Theory]
    [InlineData(-5, 10, 1)]
    [InlineData(0, 10, 1)]
    [InlineData(-10, 0, 1)]
    [InlineData(-30, 30, 0)]
    [InlineData(1, 10, 0)]
    [InlineData(-10, -1, 0)]
    public void Single_moment_is_covered_or_not(double before, double after, double coverage) =>
        Assert.Equal(coverage, WindowCoverage.Of(Given.Line((before, 1), (after, 2)), 0, Gap));

    [Theory]
    [InlineData(1, 15)]
    [InlineData(15, 45)]
    [InlineData(60, 180)]
    public void Longest_gap_is_three_scrapes_and_at_least_15_s(double scrape, double gap) =>
        Assert.Equal(TimeSpan.FromSeconds(gap), WindowCoverage.LongestGap(TimeSpan.FromSeconds(scrape)));
}
