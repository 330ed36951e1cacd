using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Runs;

/// <summary>A model process as the Collector knows it: what its events said and what its window measured.</summary>
public sealed record Run
{
    /// <summary>Derived from kind and task id (<see cref="RunId"/>), so that the same events always find the same row.</summary>
    public required string Id { get; init; }

    public required RunKind Kind { get; init; }

    public required string TaskId { get; init; }

    public required RunState State { get; init; }

    /// <summary>Why the run is in this state, in words: what is missing, or the last error of a measurement that is being retried.</summary>
    public string? StateReason { get; init; }

    public string? UserId { get; init; }

    public string? Model { get; init; }

    public string? Node { get; init; }

    public string? TenantId { get; init; }

    public string? VmType { get; init; }

    /// <summary>The start event that counted; tells redelivery from a second, different start.</summary>
    public string? StartEventId { get; init; }

    /// <summary>The finish event that counted.</summary>
    public string? FinishEventId { get; init; }

    /// <summary>UTC, in whole microseconds (<see cref="RunPairing"/>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC, in whole microseconds; never before <see cref="StartedAt"/>.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public string? Outcome { get; init; }

    public string? Error { get; init; }

    /// <summary>How many measurements were tried.</summary>
    public int MeasureAttempts { get; init; }

    /// <summary>Empty unless <see cref="State"/> is <see cref="RunState.Measured"/>.</summary>
    public IReadOnlyList<MetricSummary> Metrics { get; init; } = [];

    /// <summary>Every figure with its bounds; empty unless measured, and for runs measured before there were bounds.</summary>
    public IReadOnlyList<MeasuredValue> Values { get; init; } = [];
}
