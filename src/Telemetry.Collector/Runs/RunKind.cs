namespace Telemetry.Collector.Runs;

/// <summary>Which pair of events bounds the run.</summary>
public enum RunKind
{
    /// <summary>Loading of a model's weights: <c>xumi.weights.load.start</c> to <c>xumi.weights.load.finish</c>.</summary>
    Load,

    /// <summary>One model process: <c>xumi.task.run.start</c> to <c>xumi.task.run.finish</c>.</summary>
    Task,

    /// <summary>
    /// One process of MCP: <c>mcp.task.start</c> to <c>mcp.task.complete</c> or <c>mcp.task.fail</c>, or their bare old names.
    /// Its task ids are another system's, so it is a kind of its own.
    /// </summary>
    McpTask,
}
