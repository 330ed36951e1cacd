namespace Telemetry.Samples.Demo;

/// <summary>One run that a ModelRunner announced, and what is known of it.</summary>
/// <param name="Plan">The ModelRunner.</param>
/// <param name="Kind">Load or task.</param>
/// <param name="OwnCpuSeconds">By the process' own clock, where it said so.</param>
/// <param name="Run">What the Collector has; null where it has nothing.</param>
internal sealed record ExpectedRun(RunnerPlan Plan, string Kind, double? OwnCpuSeconds, RunView? Run)
{
    /// <summary>Where it stands, in the Collector's words.</summary>
    public string State => Run?.State ?? "unknown";

    /// <summary>By name and kind.</summary>
    public override string ToString() => $"{Plan.Name} {Kind}";
}
