using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>What was found of one thing: the configuration, or a transport.</summary>
internal sealed record Section(string Name, IReadOnlyList<PreflightFinding> Findings);
