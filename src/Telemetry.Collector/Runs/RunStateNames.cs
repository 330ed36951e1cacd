namespace Telemetry.Collector.Runs;

/// <summary>The states as the API, the store and the metrics write them. A contract: never rename one.</summary>
public static class RunStateNames
{
    /// <summary>All names, in the order a run passes through them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<RunState>().Select(Of)];

    /// <exception cref="ArgumentOutOfRangeException">The value is no state.</exception>
    public static string Of(RunState state) => state switch
    {
        RunState.Open => "open",
        RunState.Finished => "finished",
        RunState.Measured => "measured",
        RunState.NoData => "no_data",
        RunState.Orphaned => "orphaned",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a run."),
    };

    /// <summary>The state of that exact name, or null.</summary>
    public static RunState? Find(string name)
    {
        foreach (var state in Enum.GetValues<RunState>())
        {
            if (Of(state) == name)
                return state;
        }

        return null;
    }
}
