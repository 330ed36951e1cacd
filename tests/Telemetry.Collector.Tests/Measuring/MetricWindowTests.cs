using Telemetry.Collector.Measuring;
using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Tests.Windows;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Measuring;

public class MetricWindowTests
{
    private static readonly TimeWindow Window = new(Given.Origin, Given.Origin.AddSeconds(30));

    [Fact]
    public void Counters_of_all_series_are_one_figure()
    {
        var result = Summarize(
            "node.cpu", [[Series((-15, 0), (0, 0), (15, 15), (30, 30)), Series((-15, 7), (0, 7), (15, 22), (30, 37))]]);

        Assert.Equal(new MetricSummary("node.cpu", "cores", "core-seconds", 2, 2, 2, 2, 60, 3), result.Summary);
        Assert.Equal(
            new MeasuredValue("node.cpu", "integral", ValueState.Measured, 60, 60, 60, "core-seconds", 3, 1, "exact"),
            result.Values[0]);
        Assert.Equal(["integral", "average", "min", "max", "p95", "own"], result.Values.Select(value => value.Aggregation));
        Assert.Equal(["core-seconds", "cores"], result.Values.Select(value => value.Unit).Distinct());
    }

    [Fact]
    public void Memory_used_is_total_less_available()
    {
        var result = Summarize(
            "node.memory.used", [[Series((0, 100), (15, 100), (30, 100))], [Series((0, 70), (15, 40), (30, 70))]]);

        Assert.Equal(58.5, result.Summary!.P95, 1e-9);
        Assert.Equal(
            new MetricSummary("node.memory.used", "bytes", "byte-seconds", 30, 60, 45, 58.5, 1350, 3),
            result.Summary with { P95 = 58.5 });
    }

    [Fact]
    public void Missing_term_is_named_and_leaves_values_without_figures()
    {
        var result = Summarize("node.memory.used", [[Series((0, 100), (30, 100))], []]);

        Assert.Null(result.Summary);
        Assert.Equal("has no series node_memory_MemAvailable_bytes", result.Lack);
        Assert.Equal(
            new MeasuredValue("node.memory.used", "integral", ValueState.NoData, null, null, null, "byte-seconds", 0, 0, "none"),
            result.Values[0]);
    }

    [Fact]
    public void Gap_in_a_tenth_of_the_window_is_bridged_and_a_longer_one_is_partial()
    {
        // Samples end 27 and 26.9 s into the window of 30 s.
        var enough = Summarize("node.cpu", [[Series((-3, 0), (12, 15), (27, 30))]]);
        var tooFew = Summarize("node.cpu", [[Series((-3, 0), (12, 15), (26.9, 29.9))]]);

        Assert.Equal(27, enough.Summary!.Integral, 1e-9);
        Assert.Null(tooFew.Summary);
        Assert.Equal("has samples no more than 45 s apart for only 89 % of the window", tooFew.Lack);
        Assert.Equal((ValueState.Partial, 26.9 / 30), (tooFew.Values[0].State, tooFew.Values[0].Coverage));
        // One core at most in the 3.1 s that nobody saw.
        Assert.Equal(30, tooFew.Values[0].Hi!.Value, 1e-9);
        Assert.InRange(tooFew.Values[0].Value!.Value, tooFew.Values[0].Lo!.Value, 30);
    }

    [Fact]
    public void Last_sample_before_a_window_is_not_taken_for_its_value()
    {
        var result = Summarize("node.cpu", [[Series((-20, 0), (-5, 15))]]);

        Assert.Equal("has samples no more than 45 s apart for only 0 % of the window", result.Lack);
        Assert.All(result.Values, value => Assert.Equal((ValueState.NoData, null), (value.State, value.Value)));
    }

    [Fact]
    public void Capacity_bounds_what_cannot_be_seen()
    {
        // Two CPUs: no more than 60 core-seconds in 30 s, whatever else was counted between the samples.
        var result = Summarize("node.cpu",
        [
            [
                Series((-20, 0), (40, 55)) with { Labels = new Dictionary<string, string> { ["cpu"] = "0" } },
                Series((-20, 0), (40, 55)) with { Labels = new Dictionary<string, string> { ["cpu"] = "1" } },
            ],
        ], scrapeInterval: 60);

        Assert.Equal((ValueState.Measured, "linear"), (result.Values[0].State, result.Values[0].Method));
        Assert.Equal((50, 60), (result.Values[0].Lo!.Value, result.Values[0].Hi!.Value));
    }

    [Fact]
    public void Pods_counter_begins_from_zero_with_it()
    {
        // Its first sample is 7 s into the run and has 12 core-seconds already.
        var result = Summarize("run.cpu", [[Series((7, 12), (22, 30), (37, 34))]]);

        var own = Assert.Single(result.Values);
        Assert.Equal("own", own.Aggregation);
        Assert.InRange(own.Value!.Value, 30, 34);
        Assert.Equal(ValueState.Measured, own.State);
        Assert.Null(result.Summary);
    }

    [Fact]
    public void Scale_turns_millijoules_into_joules()
    {
        var result = Summarize("gpu.energy", [[Series((-15, 0), (0, 3_000_000), (15, 6_000_000), (30, 9_000_000))]]);

        Assert.Equal((6000, 200, "watts", "joules"),
            (result.Summary!.Integral, result.Summary.Average, result.Summary.Unit, result.Summary.IntegralUnit));
    }

    private static MetricResult Summarize(string name, IReadOnlyList<IReadOnlyList<Series>> terms, int scrapeInterval = 15)
    {
        var metric = MetricCatalog.Shipped.Metrics.Single(metric => metric.Name == name);
        return new MetricWindow(new MeterRequest("node-1", Window), TimeSpan.FromSeconds(scrapeInterval))
            .Summarize(metric, new MetricReading(metric.Sources[0], terms));
    }

    private static Series Series(params (double Seconds, double Value)[] samples) =>
        new(new Dictionary<string, string>(), Given.Samples(samples));
}
