using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>How many rows the store holds.</summary>
public sealed record StoreCounts(IReadOnlyDictionary<RunState, long> Runs, long DeadLetters);
