namespace Telemetry.Events.Transport;

/// <summary>What one check found.</summary>
/// <param name="Status">Whether it is well.</param>
/// <param name="Check">What was looked at, in few words: <c>topic wkf_cpu</c>.</param>
/// <param name="Detail">What was found, as a sentence. Never holds a secret.</param>
/// <param name="Advice">What to change, as a sentence; null where there is nothing to change.</param>
public sealed record PreflightFinding(PreflightStatus Status, string Check, string Detail, string? Advice = null);
