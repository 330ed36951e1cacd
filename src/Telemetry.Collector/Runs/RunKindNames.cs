namespace Telemetry.Collector.Runs;

/// <summary>The kinds as the API and the store write them. A contract: never rename one.</summary>
public static class RunKindNames
{
    /// <exception cref="ArgumentOutOfRangeException">The value is no kind.</exception>
    public static string Of(RunKind kind) => kind switch
    {
        RunKind.Load => "load",
        RunKind.Task => "task",
        RunKind.McpTask => "mcp_task",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of run."),
    };

    /// <summary>The kind of that exact name, or null.</summary>
    public static RunKind? Find(string name) => name switch
    {
        "load" => RunKind.Load,
        "task" => RunKind.Task,
        "mcp_task" => RunKind.McpTask,
        _ => null,
    };
}
