using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Runs;

/// <summary>A model process as the Collector knows it: what its events said and what its window measured.</summary>
public sealed record Run
{
    /// <summary>Derived from its first event (<see cref="RunId"/>), so that the same events always find the same row.</summary>
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

    /// <summary>UTC, in whole microseconds (<see cref="TaskRuns"/>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC, in whole microseconds; never before <see cref="StartedAt"/>.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Its finish; of an orphaned run, its evidence.</summary>
    public DateTimeOffset? EndedAt => FinishedAt ?? EvidenceAt;

    public string? Outcome { get; init; }

    public string? Error { get; init; }

    /// <summary>
    /// Of an orphaned run: the last sample of its pod or node, to which its figures reach. UTC; null where there is none.
    /// </summary>
    public DateTimeOffset? EvidenceAt { get; init; }

    /// <summary>What <see cref="EvidenceAt"/> is the last sample of: <c>pod</c> or <c>node</c>.</summary>
    public string? Evidence { get; init; }

    /// <summary>What is to be done next; null where nothing is.</summary>
    public MeasurementStage? NextStage { get; init; }

    /// <summary>When <see cref="NextStage"/> is due; UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often the figures were written; 0 before the first time. Grows for ever, gapless.</summary>
    public int Revision { get; init; }

    /// <summary>What the present revision is; null where there is none, or where an event has made it void.</summary>
    public RevisionKind? RevisionKind { get; init; }

    /// <summary>When the present revision was measured.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>How many measurements were tried and counted: provisional ones are not.</summary>
    public int MeasureAttempts { get; init; }

    /// <summary>Empty unless there is a present revision.</summary>
    public IReadOnlyList<MetricSummary> Metrics { get; init; } = [];

    /// <summary>Every figure with its bounds; empty unless there is a present revision, and for runs measured before there were bounds.</summary>
    public IReadOnlyList<MeasuredValue> Values { get; init; } = [];
}
