using Telemetry.Collector.Measuring;
using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Tests.Windows;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Measuring;

public class TargetRankingTests
{
    private static readonly TimeWindow Window = new(Given.Origin, Given.Origin.AddSeconds(60));
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(20);

    [Fact]
    public void Best_covered_target_comes_first()
    {
        var ranked = Rank(Uname("b:9100", "node", -5, 5, 40, 70), Uname("c:9100", "node", -10, 10, 30, 50, 70));

        Assert.Equal(["c:9100 node", "b:9100 node"], ranked);
    }

    [Fact]
    public void Equally_covered_targets_come_by_samples_and_then_by_name()
    {
        var ranked = Rank(
            Uname("a:9100", "z", -10, 10, 30, 50, 70),
            Uname("a:9100", "y", -10, 10, 30, 50, 70),
            Uname("b:9100", "x", -10, 0, 10, 20, 30, 40, 50, 60, 70));

        Assert.Equal(["b:9100 x", "a:9100 y", "a:9100 z"], ranked);
    }

    [Fact]
    public void Target_with_two_kernels_in_the_window_is_one_target()
    {
        var ranked = Rank(
            Uname("a:9100", "node", -10, 10, 25), Uname("a:9100", "node", 40, 55, 70), Uname("b:9100", "node", -10, 10, 30));

        Assert.Equal(["a:9100 node", "b:9100 node"], ranked);
    }

    private static IEnumerable<string> Rank(params Series[] unames) =>
        TargetRanking.Rank(new MetricTarget("node", MetricScope.Node, [], ["instance", "job"]), unames, Window, LongestGap)
            .Select(target => string.Join(' ', target.Labels.Select(label => label.Value)));

    private static Series Uname(string instance, string job, params double[] seconds) => new(
        new Dictionary<string, string> { ["instance"] = instance, ["job"] = job },
        Given.Samples([.. seconds.Select(second => (second, 1.0))]));
}
