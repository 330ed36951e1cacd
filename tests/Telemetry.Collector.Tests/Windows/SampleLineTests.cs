using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class SampleLineTests
{
    [Theory]
    [InlineData(-1, 4)]
    [InlineData(0, 4)]
    [InlineData(2.5, 5)]
    [InlineData(10, 8)]
    [InlineData(11, 8)]
    public void Values_lie_on_straight_lines_and_are_flat_outside(double seconds, double value) =>
        Assert.Equal(value, Given.Line((0, 4), (10, 8)).At(seconds));

    [Fact]
    public void Points_out_of_order_are_refused() =>
        Assert.Throws<ArgumentException>(() => Given.Line((1, 0), (1, 0)));

    [Fact]
    public void Line_without_points_has_no_value() =>
        Assert.Throws<InvalidOperationException>(() => Given.Line().At(0));

    [Fact]
    public void Window_cannot_finish_before_it_starts() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeWindow(Given.Origin, Given.Origin.AddTicks(-1)));
}
