using System.Diagnostics.CodeAnalysis;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Turns the raw series of one metric into its figures over a window.</summary>
internal static class MetricWindow
{
    /// <param name="metric">From the catalog.</param>
    /// <param name="terms">The series found for each of the metric's terms, in their order.</param>
    /// <param name="window">The run's time.</param>
    /// <param name="longestGap">As <see cref="WindowCoverage.LongestGap"/> says.</param>
    /// <param name="summary">The figures.</param>
    /// <param name="lack">Why there are none: what is missing, in words that follow the metric's name.</param>
    public static bool TrySummarize(
        NodeMetric metric,
        IReadOnlyList<IReadOnlyList<Series>> terms,
        TimeWindow window,
        TimeSpan longestGap,
        [NotNullWhen(true)] out MetricSummary? summary,
        [NotNullWhen(false)] out string? lack)
    {
        summary = null;
        lack = null;
        var absent = metric.Terms.Zip(terms).FirstOrDefault(term => term.Second.Count == 0).First;
        if (absent is not null)
        {
            lack = $"has no series {absent.Selector}";
            return false;
        }

        var line = Line(metric, terms, window.Start);
        var length = window.Length.TotalSeconds;
        var coverage = WindowCoverage.Of(line, length, longestGap);
        if (coverage < WindowCoverage.Required)
        {
            lack = $"has samples no more than {longestGap.TotalSeconds:0.###} s apart " +
                $"for only {Math.Floor(coverage * 100):0} % of the window";
            return false;
        }

        var figures = metric.Kind is NodeMetricKind.Counter
            ? CounterWindow.Summarize(line, length)
            : GaugeWindow.Summarize(line, length);
        summary = new MetricSummary(
            metric.Name, metric.Unit, metric.IntegralUnit,
            figures.Min, figures.Max, figures.Average, figures.P95, figures.Integral, figures.Samples);
        return true;
    }

    private static SampleLine Line(NodeMetric metric, IReadOnlyList<IReadOnlyList<Series>> terms, DateTimeOffset origin) =>
        metric.Kind is NodeMetricKind.Counter
            ? CounterLine.Sum(terms.SelectMany(series => series).Select(series => series.Samples), origin)
            : GaugeLine.Sum(
                metric.Terms.Zip(terms).SelectMany(term => term.Second.Select(series => (series.Samples, term.First.Sign))),
                origin);
}
