namespace Telemetry.Samples.ModelRunner;

/// <summary>What one phase cost, by this process' own clocks.</summary>
/// <param name="WallSeconds">From the start event to the finish event.</param>
/// <param name="CpuSeconds">CPU time of all threads of this process in that time, user and kernel.</param>
/// <param name="Outcome">As the finish event says it.</param>
/// <param name="Error">The error's text, where it failed.</param>
internal sealed record PhaseFigures(double WallSeconds, double CpuSeconds, string Outcome, string? Error);
