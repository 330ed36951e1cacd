using Telemetry.Collector.Measuring;
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
        var figures = Summarize(
            NodeMetrics.Cpu, [[Series((-15, 0), (0, 0), (15, 15), (30, 30)), Series((-15, 7), (0, 7), (15, 22), (30, 37))]]);

        Assert.Equal(new MetricSummary("node.cpu", "cores", "core-seconds", 2, 2, 2, 2, 60, 3), figures.Summary);
    }

    [Fact]
    public void Memory_used_is_total_less_available()
    {
        var figures = Summarize(
            NodeMetrics.MemoryUsed, [[Series((0, 100), (15, 100), (30, 100))], [Series((0, 70), (15, 40), (30, 70))]]);

        Assert.Equal(58.5, figures.Summary!.P95, 1e-9);
        Assert.Equal(
            new MetricSummary("node.memory.used", "bytes", "byte-seconds", 30, 60, 45, 58.5, 1350, 3),
            figures.Summary with { P95 = 58.5 });
    }

    [Fact]
    public void Missing_term_is_named()
    {
        var figures = Summarize(NodeMetrics.MemoryUsed, [[Series((0, 100), (30, 100))], []]);

        Assert.Null(figures.Summary);
        Assert.Equal("has no series node_memory_MemAvailable_bytes", figures.Lack);
    }

    [Fact]
    public void Gap_in_a_tenth_of_the_window_is_bridged_and_a_longer_one_is_not()
    {
        // Samples end 27 and 26.9 s into the window of 30 s.
        var enough = Summarize(NodeMetrics.Cpu, [[Series((-3, 0), (12, 15), (27, 30))]]);
        var tooFew = Summarize(NodeMetrics.Cpu, [[Series((-3, 0), (12, 15), (26.9, 29.9))]]);

        Assert.Equal(27, enough.Summary!.Integral, 1e-9);
        Assert.Equal("has samples no more than 45 s apart for only 89 % of the window", tooFew.Lack);
    }

    [Fact]
    public void Last_sample_before_a_window_is_not_taken_for_its_value()
    {
        var figures = Summarize(NodeMetrics.Cpu, [[Series((-20, 0), (-5, 15))]]);

        Assert.Equal("has samples no more than 45 s apart for only 0 % of the window", figures.Lack);
    }

    private static (MetricSummary? Summary, string? Lack) Summarize(NodeMetric metric, IReadOnlyList<IReadOnlyList<Series>> terms)
    {
        var found = MetricWindow.TrySummarize(metric, terms, Window, TimeSpan.FromSeconds(45), out var summary, out var lack);
        Assert.Equal(found, summary is not null);
        return (summary, lack);
    }

    private static Series Series(params (double Seconds, double Value)[] samples) =>
        new(new Dictionary<string, string>(), Given.Samples(samples));
}
