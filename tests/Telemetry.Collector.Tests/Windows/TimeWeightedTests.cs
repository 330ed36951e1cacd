using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class TimeWeightedTests
{
    [Fact]
    public void Exactly_five_percent_above_do_not_lift_the_p95()
    {
        // 38 times 0.11 falls short of 95 % of 40 times 0.11 by rounding alone.
        var segments = Enumerable.Range(0, 40).Select(i => new WindowSegment(0.11, i < 2 ? 9 : 1, i < 2 ? 9 : 1)).ToArray();

        Assert.Equal(1, TimeWeighted.Quantile(segments, 0.95));
    }

    [Theory]
    [InlineData(0.25, 1)] // on the plateau
    [InlineData(0.5, 1)] // at its end
    [InlineData(0.75, 2)] // half way up
    [InlineData(1, 3)]
    public void Quantile_is_exact_on_plateaus_and_slopes(double share, double value)
    {
        WindowSegment[] segments = [new(5, 1, 1), new(5, 1, 3)];

        Assert.Equal(value, TimeWeighted.Quantile(segments, share), 1e-9);
    }

    [Theory]
    [InlineData(0.2, 1)] // half way up to 2
    [InlineData(0.4, 2)] // just arrived
    [InlineData(0.6, 2)]
    [InlineData(0.8, 2)] // about to leave
    [InlineData(0.9, 3)] // half way up to 4
    public void Quantile_stays_where_the_value_stays_between_two_slopes(double share, double value)
    {
        WindowSegment[] segments = [new(4, 0, 2), new(4, 2, 2), new(2, 2, 4)];

        Assert.Equal(value, TimeWeighted.Quantile(segments, share), 1e-9);
    }
}
