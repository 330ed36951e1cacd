using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary>One figure summed up over runs.</summary>
/// <param name="Metric">Such as node.cpu.</param>
/// <param name="Aggregation">integral, or own: the runs' part of what their nodes counted.</param>
/// <param name="Unit">Of value, lo and hi.</param>
/// <param name="Runs">Runs that have a value.</param>
/// <param name="Value">Their sum.</param>
/// <param name="Lo">The truth is not below this.</param>
/// <param name="Hi">The truth is not above this; null where nothing limits it.</param>
public sealed record SumResponse(string Metric, string Aggregation, string Unit, long Runs, double Value, double Lo, double? Hi)
{
    internal static SumResponse From(RunSum sum) =>
        new(sum.Metric, sum.Aggregation, sum.Unit, sum.Runs, sum.Value, sum.Lo, sum.Hi);
}
