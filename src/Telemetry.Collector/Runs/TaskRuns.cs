namespace Telemetry.Collector.Runs;

/// <summary>
/// The runs of one task, made of its events. Events may come in any order; every start on another node, or after the finish
/// of the one before, is an attempt and a run of its own. For one batch and one thread.
/// </summary>
/// <remarks>
/// Times are cut to whole microseconds here, because stores keep no more: else whether a finish is before its start could
/// depend on whether the start had been through a store. Where start and finish differ in what both carry (user, model,
/// node), the start's word counts, so that the order of arrival does not show in the row.
/// </remarks>
internal sealed class TaskRuns
{
    private readonly List<RunEvent> _events;
    private readonly int _known;
    private readonly Dictionary<string, Run> _before;
    private IReadOnlyList<RunAttempt> _attempts;

    /// <param name="rows">The task's stored rows.</param>
    /// <param name="events">The task's stored events.</param>
    public TaskRuns(IEnumerable<Run> rows, IEnumerable<RunEvent> events)
    {
        _events = [.. events];
        _known = _events.Count;
        _before = rows.ToDictionary(Key, StringComparer.Ordinal);
        _attempts = RunAttempts.Pair(_events);
    }

    /// <summary>The events that are used and were not stored before.</summary>
    public IEnumerable<RunEvent> NewEvents => _events.Skip(_known);

    /// <summary>Rows that are new or differ from what was stored.</summary>
    public IEnumerable<Run> Changed => _attempts
        .Select(attempt => Row(attempt, _before.GetValueOrDefault(Key(attempt))))
        .Where(row => !_before.TryGetValue(Key(row), out var known) || known != row);

    /// <summary>Rows of a finish whose start has come: they go by the start's id now.</summary>
    public IEnumerable<string> RemovedIds
    {
        get
        {
            var keys = _attempts.Select(Key).ToHashSet(StringComparer.Ordinal);
            return _before.Where(row => !keys.Contains(row.Key)).Select(row => row.Value.Id);
        }
    }

    /// <summary>Takes one more event of the task, unless it contradicts those that came before.</summary>
    public PairingResult Apply(RunEvent runEvent)
    {
        runEvent = runEvent with { Time = WholeMicroseconds(runEvent.Time) };
        if (_events.Exists(known => known.Boundary == runEvent.Boundary && known.EventId == runEvent.EventId))
            return new PairingResult(PairingOutcome.Unchanged);
        var attempts = RunAttempts.Pair([.. _events, runEvent]);
        if (PairingConflict.Find(_attempts, attempts, runEvent) is { } reason)
            return new PairingResult(PairingOutcome.Conflict, reason);

        _attempts = attempts;
        _events.Add(runEvent);
        return new PairingResult(PairingOutcome.Changed);
    }

    private static Run Row(RunAttempt attempt, Run? known)
    {
        var (start, finish) = attempt;
        if (known is not null && known.FinishEventId == finish?.EventId)
            return known;
        var any = start ?? finish!;
        return new Run
        {
            Id = known?.Id ?? RunId.For(any.Kind, any.TaskId, any.EventId),
            Kind = any.Kind,
            TaskId = any.TaskId,
            State = start is null || finish is null ? RunState.Open : RunState.Finished,
            StateReason = start is null ? "no start event yet" : finish is null ? "no finish event yet" : null,
            UserId = start?.UserId ?? finish?.UserId,
            Model = start?.Model ?? finish?.Model,
            Node = attempt.Node,
            TenantId = start?.TenantId ?? finish?.TenantId,
            VmType = start?.VmType ?? finish?.VmType,
            StartEventId = start?.EventId,
            FinishEventId = finish?.EventId,
            StartedAt = start?.Time,
            FinishedAt = finish?.Time,
            Outcome = finish?.Outcome,
            Error = finish?.Error,
            // What was measured was another time; the numbers go on.
            Revision = known?.Revision ?? 0,
        };
    }

    private static string Key(RunAttempt attempt) => Key(attempt.Start?.EventId, attempt.Finish?.EventId);

    private static string Key(Run run) => Key(run.StartEventId, run.FinishEventId);

    private static string Key(string? start, string? finish) => start is null ? $"finish {finish}" : $"start {start}";

    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
