using System.Globalization;

namespace Telemetry.Collector.Runs;

/// <summary>Why an event cannot belong to any run of its task. Pure.</summary>
internal static class PairingConflict
{
    /// <summary>
    /// How far two senders' clocks may be apart. A finish that is no further before a start than this is taken for the work of
    /// clocks, and refused; one that is further before it is of an earlier attempt. No event may be further in the future.
    /// </summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>The sentence, or null where the event fits.</summary>
    /// <param name="before">The attempts without the event.</param>
    /// <param name="after">The attempts with it.</param>
    /// <param name="runEvent">The event.</param>
    public static string? Find(IReadOnlyList<RunAttempt> before, IReadOnlyList<RunAttempt> after, RunEvent runEvent) =>
        runEvent.Boundary is RunBoundary.Start ? OfStart(after, runEvent) : OfFinish(before, after, runEvent);

    private static string? OfStart(IReadOnlyList<RunAttempt> after, RunEvent start)
    {
        var onNode = after.Where(attempt => attempt.Start is { } other && other.Node == start.Node).ToList();
        var index = onNode.FindIndex(attempt => attempt.Start == start);
        if (index > 0 && onNode[index - 1] is { Finish: null, Start: { } previous })
            return SecondOfItsKind(start, previous);
        if (onNode[index].Finish is not null)
            return null;
        if (index + 1 < onNode.Count)
            return SecondOfItsKind(start, onNode[index + 1].Start!);
        var early = after.FirstOrDefault(attempt => attempt is { Start: null, Finish: { } finish } && attempt.MayHave(start)
            && finish.Time < start.Time && start.Time <= finish.Time + MaxClockSkew).Finish;
        return early is null ? null : FinishBeforeStart(start, early, refused: RunBoundary.Start);
    }

    private static string? OfFinish(IReadOnlyList<RunAttempt> before, IReadOnlyList<RunAttempt> after, RunEvent finish)
    {
        // It completes an attempt, rather than taking the place of another finish.
        if (after.Count(IsHalf) < before.Count(IsHalf))
            return null;
        foreach (var attempt in before.Where(attempt => attempt.MayHave(finish)))
        {
            if (attempt.Finish is { } first && !(attempt.Start?.Time > finish.Time) && !attempt.IsEndedElsewhere)
                return SecondOfItsKind(finish, first);
            if (attempt is { Finish: null, Start: { } start } && finish.Time < start.Time && start.Time <= finish.Time + MaxClockSkew)
                return FinishBeforeStart(start, finish, refused: RunBoundary.Finish);
        }

        return null;
    }

    private static bool IsHalf(RunAttempt attempt) => attempt.Start is null || attempt.Finish is null;

    private static string SecondOfItsKind(RunEvent second, RunEvent first)
    {
        var boundary = Name(second.Boundary);
        return $"Run '{second.TaskId}' already has {boundary} event '{first.EventId}' of {Text(first.Time)}, which came first; " +
            $"the different {boundary} event '{second.EventId}' of {Text(second.Time)} is not used. " +
            "Give every process its own task_id, and send each event of a process once.";
    }

    private static string FinishBeforeStart(RunEvent start, RunEvent finish, RunBoundary refused)
    {
        var kept = refused is RunBoundary.Start ? RunBoundary.Finish : RunBoundary.Start;
        var duration = (finish.Time - start.Time).TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
        return $"Run '{start.TaskId}' would last {duration} s: its finish event '{finish.EventId}' of " +
            $"{Text(finish.Time)} is before its start event '{start.EventId}' of {Text(start.Time)}. " +
            $"The {Name(kept)} came first and is kept; the {Name(refused)} is not used. " +
            "Check that the senders' clocks agree (NTP) and that the task_id is not used again.";
    }

    private static string Name(RunBoundary boundary) => boundary is RunBoundary.Start ? "start" : "finish";

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
