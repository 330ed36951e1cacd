namespace Telemetry.Collector.Runs;

/// <summary>The answer of <see cref="RunPairing.Apply"/>.</summary>
/// <param name="Outcome">What the event did.</param>
/// <param name="Run">The run as it stands afterwards; null where the outcome is a conflict.</param>
/// <param name="ConflictReason">A sentence that names both events; null unless the outcome is a conflict.</param>
public readonly record struct PairingResult(PairingOutcome Outcome, Run? Run, string? ConflictReason);
