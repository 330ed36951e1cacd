namespace Telemetry.Collector.Runs;

/// <summary>What an event did to the runs of its task.</summary>
/// <param name="Outcome">Whether it is used.</param>
/// <param name="ConflictReason">A sentence that names both events; null unless the outcome is a conflict.</param>
internal readonly record struct PairingResult(PairingOutcome Outcome, string? ConflictReason = null);
