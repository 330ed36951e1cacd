using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>What a batch of events makes of the rows it touches; the part of a store that is the same for every engine.</summary>
/// <param name="Changed">Rows to write, one a run.</param>
/// <param name="Refused">Events that contradict their run.</param>
internal sealed record PairedBatch(IReadOnlyCollection<Run> Changed, IReadOnlyList<DeadLetter> Refused)
{
    private const string NulReason =
        "A text of the event has the character U+0000, which a store cannot keep. Remove it from the event's attributes and data.";

    /// <summary>Pairs the events in their order.</summary>
    /// <param name="known">The stored rows of the runs in the batch.</param>
    /// <param name="events">The batch.</param>
    public static PairedBatch From(IEnumerable<Run> known, IReadOnlyList<ConsumedRunEvent> events)
    {
        var rows = known.ToDictionary(run => (run.Kind, run.TaskId));
        var changed = new Dictionary<string, Run>();
        var refused = new List<DeadLetter>();
        foreach (var consumed in events)
        {
            if (HasNul(consumed.Event))
            {
                refused.Add(ToDeadLetter(consumed, NulReason));
                continue;
            }

            var key = (consumed.Event.Kind, consumed.Event.TaskId);
            var result = RunPairing.Apply(rows.GetValueOrDefault(key), consumed.Event);
            if (result is { Outcome: PairingOutcome.Changed, Run: { } run })
                rows[key] = changed[run.Id] = run;
            else if (result.ConflictReason is { } reason)
                refused.Add(ToDeadLetter(consumed, reason));
        }

        return new PairedBatch(changed.Values, refused);
    }

    // DuckDB's interface ends a text at U+0000: two task ids that differ behind it would become one.
    private static bool HasNul(RunEvent e) =>
        new[] { e.EventId, e.TaskId, e.UserId, e.Model, e.Node, e.TenantId, e.VmType, e.Outcome, e.Error }
            .Any(text => text is not null && text.Contains('\0'));

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
