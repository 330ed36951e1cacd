using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

public class CounterLineTests
{
    [Fact]
    public void Series_with_their_own_times_are_added_on_straight_lines_and_flat_outside()
    {
        var line = CounterLine.Sum([Given.Samples((0, 5), (10, 15)), Given.Samples((5, 100), (15, 120))], Given.Origin);

        Assert.Equal([(0, 0), (5, 5), (10, 20), (15, 30)], Points(line));
    }

    [Fact]
    public void Each_series_is_corrected_for_its_own_resets_before_they_are_added()
    {
        // Added first, the reset of one would hide in the growth of the other.
        var line = CounterLine.Sum([Given.Samples((0, 50), (10, 3)), Given.Samples((0, 0), (10, 100))], Given.Origin);

        Assert.Equal([(0, 0), (10, 103)], Points(line));
    }

    [Fact]
    public void Samples_that_no_counter_can_have_are_skipped()
    {
        var line = CounterLine.Sum(
            [Given.Samples((0, 1), (1, double.NaN), (2, double.PositiveInfinity), (3, -4), (4, 3))], Given.Origin);

        Assert.Equal([(0, 0), (4, 2)], Points(line));
    }

    [Fact]
    public void Start_with_a_fraction_of_a_millisecond_is_kept()
    {
        var line = CounterLine.Sum([Given.Samples((1, 0), (2, 1))], Given.Origin.AddTicks(5));

        Assert.Equal(0.9999995, line[0].Seconds, 1e-12);
    }

    [Fact]
    public void Nothing_makes_an_empty_line() =>
        Assert.Equal(0, CounterLine.Sum(Array.Empty<IReadOnlyList<Sample>>(), Given.Origin).Count);

    private static (double, double)[] Points(SampleLine line) =>
        [.. Enumerable.Range(0, line.Count).Select(i => (line[i].Seconds, line[i].Value))];
}
