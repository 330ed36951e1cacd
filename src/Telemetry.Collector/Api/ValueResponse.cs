using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Api;

/// <summary>One figure of a run, and how sure it is.</summary>
/// <param name="Metric">Such as node.cpu.</param>
/// <param name="Aggregation">integral, average, min, max, p95, or own: the run's part of what its node counted.</param>
/// <param name="State">measured, partial or no_data.</param>
/// <param name="Value">Null where the state is no_data.</param>
/// <param name="Lo">The truth is not below this.</param>
/// <param name="Hi">The truth is not above this; null where nothing limits it.</param>
/// <param name="Unit">Of value, lo and hi.</param>
/// <param name="Samples">Raw samples that the figure rests on.</param>
/// <param name="Coverage">Share of the run's time that the samples vouch for, 0 to 1.</param>
/// <param name="Method">How the value was found, such as change_point.</param>
public sealed record ValueResponse(
    string Metric, string Aggregation, string State, double? Value, double? Lo, double? Hi, string Unit, int Samples,
    double Coverage, string Method)
{
    internal static ValueResponse From(MeasuredValue value) => new(
        value.Metric,
        value.Aggregation,
        ValueStateNames.Of(value.State),
        value.Value,
        value.Lo,
        value.Hi,
        value.Unit,
        value.Samples,
        value.Coverage,
        value.Method);
}
