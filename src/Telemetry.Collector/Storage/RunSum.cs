namespace Telemetry.Collector.Storage;

/// <summary>One figure summed up over runs.</summary>
/// <param name="Metric">Such as <c>node.cpu</c>.</param>
/// <param name="Aggregation"><c>integral</c> or <c>own</c>: the others do not add up.</param>
/// <param name="Unit">Of the sums.</param>
/// <param name="Runs">Runs that have a value.</param>
/// <param name="Value">Their sum.</param>
/// <param name="Lo">The sum of the lower bounds.</param>
/// <param name="Hi">The sum of the upper bounds; null where one run has none.</param>
public sealed record RunSum(string Metric, string Aggregation, string Unit, long Runs, double Value, double Lo, double? Hi);
