namespace Telemetry.Samples.Demo;

/// <summary>One ModelRunner that the demo starts.</summary>
internal sealed record RunnerPlan(string Name, double LoadSeconds, int MemoryMegabytes, double ComputeSeconds, int Cores)
{
    public const string Load = "load";
    public const string Task = "task";

    /// <summary>The kinds of run that one ModelRunner makes.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Load, Task];

    /// <summary>The demo's two, of different length and size.</summary>
    public static readonly IReadOnlyList<RunnerPlan> Both =
    [
        new("runner-1", LoadSeconds: 3, MemoryMegabytes: 512, ComputeSeconds: 10, Cores: 1),
        new("runner-2", LoadSeconds: 2, MemoryMegabytes: 128, ComputeSeconds: 5, Cores: 1),
    ];

    /// <summary>The task id of its events; unique, because a broker of the user's may hold those of earlier demos.</summary>
    public string TaskId { get; } = $"{Name}-{Guid.CreateVersion7()}";

    /// <summary>In words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name}: loads {MemoryMegabytes} MiB in {LoadSeconds} s, then computes on {Cores} core for {ComputeSeconds} s");
}
