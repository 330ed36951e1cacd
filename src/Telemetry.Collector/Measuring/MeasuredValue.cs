using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>One figure of one metric for one run, and how sure it is (docs/window-metrics.md).</summary>
/// <param name="Metric">Name in the catalog, such as <c>node.cpu</c>.</param>
/// <param name="Aggregation">Such as <c>integral</c>, <c>p95</c> or <c>own</c>.</param>
/// <param name="State">Whether there is a value, and for how much of the window.</param>
/// <param name="Value">Null where the state is <see cref="ValueState.NoData"/>; otherwise finite and within the bounds.</param>
/// <param name="Lo">The truth is not below this; null where there is no value.</param>
/// <param name="Hi">The truth is not above this; null where nothing limits it.</param>
/// <param name="Unit">Of value and bounds.</param>
/// <param name="Samples">Scrapes that it rests on, brackets included.</param>
/// <param name="Coverage">Share of the window that the samples vouch for, 0 to 1.</param>
/// <param name="Method">One of <see cref="WindowMethod"/>.</param>
public sealed record MeasuredValue(
    string Metric,
    string Aggregation,
    ValueState State,
    double? Value,
    double? Lo,
    double? Hi,
    string Unit,
    int Samples,
    double Coverage,
    string Method);
