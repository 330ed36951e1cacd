using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary>How a run's figures came about.</summary>
/// <param name="Id">The run.</param>
/// <param name="State">The run's state.</param>
/// <param name="StateReason">Why it is in this state; null where there is nothing to say.</param>
/// <param name="StartedAt">The window's begin; UTC.</param>
/// <param name="EndedAt">The window's end: the finish, or of an orphaned run the evidence.</param>
/// <param name="Revisions">Every time that the figures were written, oldest first.</param>
public sealed record ExplainResponse(
    string Id, string State, string? StateReason, DateTime? StartedAt, DateTime? EndedAt, IReadOnlyList<RevisionResponse> Revisions)
{
    internal static ExplainResponse From(Run run, IReadOnlyList<RunRevision> revisions) => new(
        run.Id, RunStateNames.Of(run.State), run.StateReason, run.StartedAt?.UtcDateTime, run.EndedAt?.UtcDateTime,
        [.. revisions.Select(RevisionResponse.From)]);
}
