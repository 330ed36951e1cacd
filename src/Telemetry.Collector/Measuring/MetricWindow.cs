using System.Diagnostics.CodeAnalysis;
using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>Turns the raw series of one run's metrics into their figures over its window. For one run and one caller at a time.</summary>
internal sealed class MetricWindow(MeterRequest request, TimeSpan scrapeInterval)
{
    private readonly TimeSpan _longestGap = WindowCoverage.LongestGap(scrapeInterval);
    private readonly double _length = request.Window.Length.TotalSeconds;

    // Several metrics may be made of the same series: what a node counted, and the run's part of it.
    private readonly Dictionary<string, CounterFigures> _counters = new(StringComparer.Ordinal);

    private readonly RunSpan[] _others =
    [
        .. request.Others.Select(other => new RunSpan(
            (other.Start - request.Window.Start).TotalSeconds, (other.Finish - request.Window.Start).TotalSeconds)),
    ];

    public MetricResult Summarize(MetricDefinition metric, MetricReading reading)
    {
        if (reading.Absent is { } absent)
            return NoData(metric, 0, $"has no series {absent.Select}");

        var counter = metric.Kind is MetricKind.Counter ? reading.Counter(request.Window, scrapeInterval, _longestGap) : null;
        var line = counter?.Line ?? reading.Gauge(request.Window.Start);
        var coverage = WindowCoverage.Of(line, _length, _longestGap);
        var lack = coverage >= WindowCoverage.Required ? null
            : $"has samples no more than {_longestGap.TotalSeconds:0.###} s apart for only {Math.Floor(coverage * 100):0} % of the window";
        if (coverage == 0)
            return NoData(metric, coverage, lack!);

        if (counter is null)
            return Result(metric, GaugeWindow.Measure(line, _length, floor: 0, reading.Capacity), null, coverage, lack);
        var key = reading.Key;
        if (!_counters.TryGetValue(key, out var figures))
            _counters.Add(key, figures = CounterWindow.Measure(counter, _length, _others));
        // What counts the run alone needs not be told apart from others.
        var own = reading.Source.Target.Scope is MetricScope.Run ? figures.Node.Integral : figures.Own;
        return Result(metric, figures.Node, own, coverage, lack);
    }

    public static MetricResult NoData(MetricDefinition metric, double coverage, string lack) => new(
        ValueState.NoData,
        [
            .. metric.Aggregations.Select(aggregation => new MeasuredValue(
                metric.Name, Name(aggregation), ValueState.NoData, null, null, null, Unit(metric, aggregation), 0, coverage,
                WindowMethod.None)),
        ],
        null,
        lack);

    private static MetricResult Result(
        MetricDefinition metric, WindowEstimates figures, Estimate? own, double coverage, string? lack)
    {
        var state = lack is null ? ValueState.Measured : ValueState.Partial;
        var values = metric.Aggregations.Select(aggregation =>
        {
            var figure = aggregation switch
            {
                MetricAggregation.Integral => figures.Integral,
                MetricAggregation.Average => figures.Average,
                MetricAggregation.Min => figures.Min,
                MetricAggregation.Max => figures.Max,
                MetricAggregation.P95 => figures.P95,
                _ => own!.Value,
            };
            return new MeasuredValue(
                metric.Name, Name(aggregation), state, figure.Value, figure.Lo, figure.Hi, Unit(metric, aggregation),
                figures.Samples, coverage, figure.Method);
        }).ToArray();
        return new MetricResult(state, values, lack is null ? Summary(metric, figures) : null, lack);
    }

    /// <summary>A metric that is of interest for the run's own part alone has no row of figures of its node.</summary>
    private static MetricSummary? Summary(MetricDefinition metric, WindowEstimates figures) =>
        metric.Aggregations is [MetricAggregation.Own] ? null : new MetricSummary(
            metric.Name, metric.Unit, metric.IntegralUnit, figures.Min.Value, figures.Max.Value, figures.Average.Value,
            figures.P95.Value, figures.Integral.Value, figures.Samples);

    private static string Unit(MetricDefinition metric, MetricAggregation aggregation) =>
        aggregation is MetricAggregation.Integral or MetricAggregation.Own ? metric.IntegralUnit : metric.Unit;

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "The catalog's words are lowercase.")]
    private static string Name(MetricAggregation aggregation) => aggregation.ToString().ToLowerInvariant();
}
