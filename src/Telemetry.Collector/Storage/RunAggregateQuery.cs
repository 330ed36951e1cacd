using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>Which runs to sum up, and by what.</summary>
/// <param name="By">The keys, one after another; at least one.</param>
/// <param name="Filter">Restricts the runs; its limit does not count.</param>
public sealed record RunAggregateQuery(IReadOnlyList<RunAggregateKey> By, RunFilter Filter);
