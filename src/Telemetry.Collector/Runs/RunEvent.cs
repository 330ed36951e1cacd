namespace Telemetry.Collector.Runs;

/// <summary>One decoded start or finish event, ready to be paired.</summary>
public sealed record RunEvent
{
    /// <summary>The event's CloudEvents id; redelivery carries the same one.</summary>
    public required string EventId { get; init; }

    public required RunKind Kind { get; init; }

    public required RunBoundary Boundary { get; init; }

    /// <summary>The process' identity within its kind; 1 to 512 characters.</summary>
    public required string TaskId { get; init; }

    /// <summary>The event's own time (CloudEvents <c>time</c>), not that of its arrival.</summary>
    public required DateTimeOffset Time { get; init; }

    public string? UserId { get; init; }

    public string? Model { get; init; }

    /// <summary>The node's name as Prometheus knows it (<c>node_uname_info{nodename}</c>).</summary>
    public string? Node { get; init; }

    public string? TenantId { get; init; }

    public string? VmType { get; init; }

    /// <summary>Finish only: what the process said of its end, such as <c>succeeded</c> or <c>failed</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Finish only: the error's text, where it failed.</summary>
    public string? Error { get; init; }
}
