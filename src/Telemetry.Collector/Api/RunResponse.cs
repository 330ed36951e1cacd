using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Api;

/// <summary>A model process: what its events said and what its window measured.</summary>
public sealed record RunResponse
{
    public required string Id { get; init; }

    /// <summary>load or task.</summary>
    public required string Kind { get; init; }

    public required string TaskId { get; init; }

    /// <summary>open, finished, measured or no_data.</summary>
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

    /// <summary>From start to finish; null while one of them is missing.</summary>
    public required double? DurationSeconds { get; init; }

    public required string? Outcome { get; init; }

    public required string? Error { get; init; }

    public required string? StartEventId { get; init; }

    public required string? FinishEventId { get; init; }

    /// <summary>How many measurements were tried.</summary>
    public required int MeasureAttempts { get; init; }

    /// <summary>Those measured in full, by name; empty unless the state is measured.</summary>
    public required IReadOnlyList<MetricResponse> Metrics { get; init; }

    /// <summary>Every figure with its bounds, by metric and aggregation; empty unless the state is measured.</summary>
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
        DurationSeconds = (run.FinishedAt - run.StartedAt)?.TotalSeconds,
        Outcome = run.Outcome,
        Error = run.Error,
        StartEventId = run.StartEventId,
        FinishEventId = run.FinishEventId,
        MeasureAttempts = run.MeasureAttempts,
        Metrics = [.. run.Metrics.Select(MetricResponse.From)],
        Values = [.. run.Values.Select(ValueResponse.From)],
    };
}
