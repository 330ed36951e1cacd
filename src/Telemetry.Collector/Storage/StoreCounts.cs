using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>How many rows the store holds.</summary>
public sealed record StoreCounts(IReadOnlyDictionary<RunState, long> Runs, long DeadLetters)
{
    /// <summary>With every state, of which those that have no row are not counted.</summary>
    internal static StoreCounts From(IReadOnlyDictionary<string, long> runs, long deadLetters) => new(
        Enum.GetValues<RunState>().ToDictionary(state => state, state => runs.GetValueOrDefault(RunStateNames.Of(state))), deadLetters);
}
