using System.Text.Json;

namespace Telemetry.Samples.Demo;

/// <summary>What a ModelRunner says of itself in its last line.</summary>
/// <param name="Load">The load of the weights; null where it was never announced.</param>
/// <param name="Task">The computation; null where it never began.</param>
internal sealed record OwnFigures(OwnFigures.Phase? Load, OwnFigures.Phase? Task)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Finds the line of JSON; null where there is none, as when the runner was killed.</summary>
    public static OwnFigures? In(IEnumerable<string> output) =>
        output.LastOrDefault(line => line.StartsWith('{')) is { } json
            ? JsonSerializer.Deserialize<OwnFigures>(json, Json)
            : null;

    /// <summary>CPU time of the phase that a kind of run stands for.</summary>
    public double? CpuSecondsOf(string kind) => (kind == RunnerPlan.Task ? Task : Load)?.CpuSeconds;

    /// <summary>One phase, by the process' own clocks.</summary>
    internal sealed record Phase(double WallSeconds, double CpuSeconds);
}
