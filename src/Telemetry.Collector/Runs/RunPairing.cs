using System.Globalization;

namespace Telemetry.Collector.Runs;

/// <summary>
/// Joins a run's start and finish, in whichever order they come. Pure: the same row and event always give the same answer.
/// </summary>
/// <remarks>
/// Times are cut to whole microseconds here, because stores keep no more: else whether a finish is before its start could
/// depend on whether the start had been through a store. Where start and finish differ in what both carry (user, model,
/// node), the start's word counts, so that the order of arrival does not show in the row.
/// </remarks>
public static class RunPairing
{
    /// <summary>Applies one event to its run.</summary>
    /// <param name="existing">The run's row, or null where the event is its first.</param>
    /// <param name="runEvent">An event of the same kind and task id.</param>
    /// <exception cref="ArgumentException">The event belongs to another run.</exception>
    public static PairingResult Apply(Run? existing, RunEvent runEvent)
    {
        ArgumentNullException.ThrowIfNull(runEvent);
        if (existing is not null && (existing.Kind != runEvent.Kind || existing.TaskId != runEvent.TaskId))
            throw new ArgumentException($"The event is of run '{runEvent.TaskId}', the row of '{existing.TaskId}'.", nameof(runEvent));

        var run = existing ?? Begin(runEvent);
        var (knownId, knownTime) = runEvent.Boundary is RunBoundary.Start
            ? (run.StartEventId, run.StartedAt)
            : (run.FinishEventId, run.FinishedAt);
        if (knownId == runEvent.EventId)
            return new PairingResult(PairingOutcome.Unchanged, run, null);
        if (knownId is not null)
            return Conflict(SecondOfItsKind(runEvent, knownId, knownTime));

        var joined = Join(run, runEvent);
        return joined.FinishedAt < joined.StartedAt
            ? Conflict(FinishBeforeStart(joined, runEvent.Boundary))
            : new PairingResult(PairingOutcome.Changed, joined, null);
    }

    private static Run Begin(RunEvent runEvent) => new()
    {
        Id = RunId.For(runEvent.Kind, runEvent.TaskId),
        Kind = runEvent.Kind,
        TaskId = runEvent.TaskId,
        State = RunState.Open,
    };

    private static Run Join(Run run, RunEvent runEvent)
    {
        var time = runEvent.Time.ToUniversalTime();
        time = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
        var joined = runEvent.Boundary is RunBoundary.Start
            ? run with
            {
                StartEventId = runEvent.EventId,
                StartedAt = time,
                UserId = runEvent.UserId ?? run.UserId,
                Model = runEvent.Model ?? run.Model,
                Node = runEvent.Node ?? run.Node,
                TenantId = runEvent.TenantId ?? run.TenantId,
                VmType = runEvent.VmType ?? run.VmType,
            }
            : run with
            {
                FinishEventId = runEvent.EventId,
                FinishedAt = time,
                Outcome = runEvent.Outcome,
                Error = runEvent.Error,
                UserId = run.UserId ?? runEvent.UserId,
                Model = run.Model ?? runEvent.Model,
                Node = run.Node ?? runEvent.Node,
                TenantId = run.TenantId ?? runEvent.TenantId,
                VmType = run.VmType ?? runEvent.VmType,
            };
        return joined switch
        {
            { FinishEventId: null } => joined with { State = RunState.Open, StateReason = "no finish event yet" },
            { StartEventId: null } => joined with { State = RunState.Open, StateReason = "no start event yet" },
            _ => joined with { State = RunState.Finished, StateReason = null },
        };
    }

    private static PairingResult Conflict(string reason) => new(PairingOutcome.Conflict, null, reason);

    private static string SecondOfItsKind(RunEvent second, string firstId, DateTimeOffset? firstTime)
    {
        var boundary = Name(second.Boundary);
        return $"Run '{second.TaskId}' already has {boundary} event '{firstId}' of {Text(firstTime)}, which came first; " +
            $"the different {boundary} event '{second.EventId}' of {Text(second.Time)} is not used. " +
            "Give every process its own task_id, and send each event of a process once.";
    }

    private static string FinishBeforeStart(Run joined, RunBoundary refused)
    {
        var first = refused is RunBoundary.Start ? RunBoundary.Finish : RunBoundary.Start;
        var duration = (joined.FinishedAt - joined.StartedAt)!.Value.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
        return $"Run '{joined.TaskId}' would last {duration} s: its finish event '{joined.FinishEventId}' of " +
            $"{Text(joined.FinishedAt)} is before its start event '{joined.StartEventId}' of {Text(joined.StartedAt)}. " +
            $"The {Name(first)} came first and is kept; the {Name(refused)} is not used. " +
            "Check that the senders' clocks agree (NTP) and that the task_id is not used again.";
    }

    private static string Name(RunBoundary boundary) => boundary is RunBoundary.Start ? "start" : "finish";

    private static string Text(DateTimeOffset? time) =>
        time!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
