using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>What a batch of events makes of the rows it touches; the part of a store that is the same for every engine.</summary>
/// <param name="Changed">Rows to write, one a run.</param>
/// <param name="RemovedIds">Rows to delete.</param>
/// <param name="NewEvents">Events to keep.</param>
/// <param name="Refused">Events that contradict their run.</param>
internal sealed record PairedBatch(
    IReadOnlyCollection<Run> Changed,
    IReadOnlyCollection<string> RemovedIds,
    IReadOnlyCollection<RunEvent> NewEvents,
    IReadOnlyList<DeadLetter> Refused)
{
    private const string NulReason =
        "A text of the event has the character U+0000, which a store cannot keep. Remove it from the event's attributes and data.";

    /// <summary>
    /// Pairs the events in their order. Which of them are kept and which refused follows from the stored events alone; rows are needed
    /// for <see cref="Changed"/> and <see cref="RemovedIds"/>.
    /// </summary>
    /// <param name="runs">The stored rows of the tasks in the batch.</param>
    /// <param name="known">The stored events of those tasks.</param>
    /// <param name="events">The batch.</param>
    public static PairedBatch From(IEnumerable<Run> runs, IEnumerable<RunEvent> known, IReadOnlyList<ConsumedRunEvent> events)
    {
        var rowsOf = runs.ToLookup(run => (run.Kind, run.TaskId));
        var eventsOf = known.ToLookup(one => (one.Kind, one.TaskId));
        var tasks = new Dictionary<(RunKind, string), TaskRuns>();
        var refused = new List<DeadLetter>();
        foreach (var consumed in events)
        {
            if (WhyNotKept(consumed.Event) is { } unfit)
            {
                refused.Add(ToDeadLetter(consumed, unfit));
                continue;
            }

            var key = (consumed.Event.Kind, consumed.Event.TaskId);
            if (!tasks.TryGetValue(key, out var task))
                tasks.Add(key, task = new TaskRuns(rowsOf[key], eventsOf[key]));
            if (task.Apply(consumed.Event).ConflictReason is { } reason)
                refused.Add(ToDeadLetter(consumed, reason));
        }

        return new PairedBatch(
            [.. tasks.Values.SelectMany(task => task.Changed)],
            [.. tasks.Values.SelectMany(task => task.RemovedIds)],
            [.. tasks.Values.SelectMany(task => task.NewEvents)],
            refused);
    }

    /// <summary>What stored events make of the rows of their tasks, by task.</summary>
    /// <param name="runs">The stored rows.</param>
    /// <param name="events">All stored events of the tasks.</param>
    public static IEnumerable<(TaskRuns Task, int Events)> Rows(IEnumerable<Run> runs, IEnumerable<RunEvent> events)
    {
        var rowsOf = runs.ToLookup(run => (run.Kind, run.TaskId));
        return events.GroupBy(one => (one.Kind, one.TaskId)).Select(task => (new TaskRuns(rowsOf[task.Key], task), task.Count()));
    }

    /// <summary>Whether a store can keep the event at all.</summary>
    public static bool IsKept(RunEvent runEvent) => WhyNotKept(runEvent) is null;

    // DuckDB's interface ends a text at U+0000: two task ids that differ behind it would become one. ClickHouse's times of retention
    // begin in 1970.
    private static string? WhyNotKept(RunEvent e) =>
        new[] { e.EventId, e.TaskId, e.UserId, e.Model, e.Node, e.TenantId, e.VmType, e.Outcome, e.Error }
            .Any(text => text is not null && text.Contains('\0')) ? NulReason
        : e.Time < DateTimeOffset.UnixEpoch ? $"The event's time {e.Time.UtcDateTime:O} is before 1970. Set the clock of its sender."
        : null;

    private static DeadLetter ToDeadLetter(ConsumedRunEvent consumed, string reason) => new()
    {
        Topic = consumed.Topic,
        Partition = consumed.Partition,
        Offset = consumed.Offset,
        Reason = reason,
        ReceivedAt = consumed.ReceivedAt,
        Raw = consumed.Raw,
    };
}
