namespace Telemetry.Collector.Api;

/// <summary>The runs of one key, summed up.</summary>
/// <param name="Key">By the key's name, such as user; null for the runs that have none.</param>
/// <param name="Runs">All of them, whatever their state.</param>
/// <param name="Measured">Those whose figures are final: the others are missing from the sums, or are provisional in them.</param>
/// <param name="Seconds">From start to end, of all together.</param>
/// <param name="Sums">By metric and aggregation.</param>
public sealed record AggregateResponse(
    IReadOnlyDictionary<string, string?> Key, long Runs, long Measured, double Seconds, IReadOnlyList<SumResponse> Sums);
