using System.Globalization;
using System.Text.Json;

namespace Telemetry.Samples.ModelRunner;

/// <summary>The process' own figures, so that anyone can compare them with what the Collector measured.</summary>
/// <param name="TaskId">The process.</param>
/// <param name="Node">The node that its events name.</param>
/// <param name="MemoryBytes">Size of the weights.</param>
/// <param name="Load">The load of the weights; null where it was never announced.</param>
/// <param name="Task">The computation; null where it never began.</param>
internal sealed record RunnerReport(string TaskId, string Node, long MemoryBytes, PhaseFigures? Load, PhaseFigures? Task)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>One line for a person.</summary>
    public static string Line(string what, PhaseFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {figures.Outcome} after {figures.WallSeconds:0.00} s, {figures.CpuSeconds:0.00} CPU-seconds by its own clock");

    /// <summary>One line for a program.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
