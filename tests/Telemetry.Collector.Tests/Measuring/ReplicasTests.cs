using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Tests.Windows;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Measuring;

public class ReplicasTests
{
    private static readonly TimeWindow Window = new(Given.Origin, Given.Origin.AddSeconds(60));

    [Fact]
    public void Of_two_copies_the_better_covered_is_used_alone()
    {
        var kept = Keep(Cpu("0", "a", -5, 10), Cpu("0", "b", -10, 10, 30, 50, 70), Cpu("1", "a", -5, 10, 25, 45, 65));

        Assert.Equal(["0 b", "1 a"], kept);
    }

    [Fact]
    public void Between_equals_the_choice_does_not_depend_on_their_order()
    {
        Assert.Equal(["0 a"], Keep(Cpu("0", "b", -5, 70), Cpu("0", "a", -5, 70)));
        Assert.Equal(["0 a"], Keep(Cpu("0", "a", -5, 70), Cpu("0", "b", -5, 70)));
    }

    [Fact]
    public void Series_without_replica_labels_are_all_kept() =>
        Assert.Equal(["0 ", "1 "], Keep(Cpu("0", null, 0, 15), Cpu("1", null, 0, 15)));

    private static IEnumerable<string> Keep(params Series[] series) => Replicas
        .BestCovered(series, ["replica"], Window, TimeSpan.FromSeconds(20))
        .Select(one => $"{one.Label("cpu")} {one.Label("replica")}");

    private static Series Cpu(string cpu, string? replica, params double[] seconds)
    {
        var labels = new Dictionary<string, string> { ["cpu"] = cpu };
        if (replica is not null)
            labels["replica"] = replica;
        return new Series(labels, Given.Samples([.. seconds.Select(second => (second, second + 10))]));
    }
}
