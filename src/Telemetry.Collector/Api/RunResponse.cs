using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Api;

/// <summary>A model process: what its events said and what its window measured.</summary>
public sealed record RunResponse
{
    public required string Id { get; init; }

    /// <summary>load, task or mcp_task.</summary>
    public required string Kind { get; init; }

    public required string TaskId { get; init; }

    /// <summary>open, finished, measured, no_data or orphaned.</summary>
    public required string State { get; init; }

    /// <summary>Why the run is in this state: what is missing, or the last error of a measurement that is being retried.</summary>
    public required string? StateReason { get; init; }

    public required string? UserId { get; init; }

    public required string? Model { get; init; }

    public required string? Node { get; init; }

    public required string? TenantId { get; init; }

    public required string? VmType { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime? StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime? FinishedAt { get; init; }

    /// <summary>Of an orphaned run: the last sample of its pod or node, to which the figures reach; UTC.</summary>
    public required DateTime? EvidenceAt { get; init; }

    /// <summary>What that is the last sample of: pod or node.</summary>
    public required string? Evidence { get; init; }

    /// <summary>From start to finish; null while one of them is missing.</summary>
    public required double? DurationSeconds { get; init; }

    public required string? Outcome { get; init; }

    public required string? Error { get; init; }

    public required string? StartEventId { get; init; }

    public required string? FinishEventId { get; init; }

    /// <summary>How many measurements were tried.</summary>
    public required int MeasureAttempts { get; init; }

    /// <summary>How often the figures were written; it grows for ever. 0 before the first time.</summary>
    public required int Revision { get; init; }

    /// <summary>provisional, final or correction; null where there are no figures.</summary>
    public required string? RevisionKind { get; init; }

    /// <summary>When the figures were measured; UTC.</summary>
    public required DateTime? MeasuredAt { get; init; }

    /// <summary>Those measured in full, by name; empty where there is no revision.</summary>
    public required IReadOnlyList<MetricResponse> Metrics { get; init; }

    /// <summary>Every figure with its bounds, by metric and aggregation; empty where there is no revision.</summary>
    public required IReadOnlyList<ValueResponse> Values { get; init; }

    internal static RunResponse From(Run run) => new()
    {
        Id = run.Id,
        Kind = RunKindNames.Of(run.Kind),
        TaskId = run.TaskId,
        State = RunStateNames.Of(run.State),
        StateReason = run.StateReason,
        UserId = run.UserId,
        Model = run.Model,
        Node = run.Node,
        TenantId = run.TenantId,
        VmType = run.VmType,
        StartedAt = run.StartedAt?.UtcDateTime,
        FinishedAt = run.FinishedAt?.UtcDateTime,
        EvidenceAt = run.EvidenceAt?.UtcDateTime,
        Evidence = run.Evidence,
        DurationSeconds = (run.FinishedAt - run.StartedAt)?.TotalSeconds,
        Outcome = run.Outcome,
        Error = run.Error,
        StartEventId = run.StartEventId,
        FinishEventId = run.FinishEventId,
        MeasureAttempts = run.MeasureAttempts,
        Revision = run.Revision,
        RevisionKind = run.RevisionKind is { } kind ? RevisionKindNames.Of(kind) : null,
        MeasuredAt = run.MeasuredAt?.UtcDateTime,
        Metrics = [.. run.Metrics.Select(MetricResponse.From)],
        Values = [.. run.Values.Select(ValueResponse.From)],
    };
}
