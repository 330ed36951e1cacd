namespace Telemetry.Collector.Runs;

/// <summary>What an event did to its run.</summary>
public enum PairingOutcome
{
    /// <summary>The run has a new row.</summary>
    Changed,

    /// <summary>The run already has this very event.</summary>
    Unchanged,

    /// <summary>The event contradicts what the run already has, and is not used.</summary>
    Conflict,
}
