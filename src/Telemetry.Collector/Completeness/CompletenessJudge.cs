using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Completeness;

/// <summary>Compares a producer's newest report with what arrived. Pure: the same facts give the same answer.</summary>
/// <param name="watched">The watched topics with the class of their events.</param>
/// <param name="settleDelay">How long after a report its events may still come.</param>
/// <param name="isBehind">Whether the Collector itself still has much to read: then nothing is missing yet.</param>
/// <param name="now">The time.</param>
internal sealed class CompletenessJudge(
    IReadOnlyDictionary<string, DeliveryClass> watched, TimeSpan settleDelay, bool isBehind, DateTimeOffset now)
{
    // A report may be late, or lost with a broker that was away: one interval is no silence.
    private const int SilentIntervals = 3;

    private static readonly ArrivedEvents Nothing = new();

    public ProducerCompleteness Judge(
        string producer, ReceivedReport? report, IReadOnlyDictionary<DeliveryClass, ArrivedEvents> arrived)
    {
        var isSilent = report is { Report.Final: false } &&
            now - report.ReceivedAt > (TimeSpan.FromSeconds(report.Report.IntervalSeconds) * SilentIntervals) + settleDelay;
        var reported = report?.Report.Classes.ToDictionary(entry => entry.Delivery) ?? [];
        var classes = arrived.Keys.Union(reported.Where(entry => entry.Value.LastSequence > 0).Select(entry => entry.Key)).Order();
        return new ProducerCompleteness(
            producer,
            report,
            isSilent,
            arrived.Values.Select(events => events.LastEventAt).Append(report?.ReportedAt ?? DateTimeOffset.MinValue).Max(),
            [.. classes.Select(delivery => reported.TryGetValue(delivery, out var entry)
                ? Judge(report!, entry, arrived.GetValueOrDefault(delivery) ?? Nothing, isSilent)
                : new ClassCompleteness { Delivery = delivery, State = CompletenessState.Unreported, Arrived = arrived[delivery].Sequences.Count })]);
    }

    private ClassCompleteness Judge(ReceivedReport report, in ProducerClassReport entry, ArrivedEvents arrived, bool isSilent)
    {
        var delivery = entry.Delivery;
        var judged = new ClassCompleteness
        {
            Delivery = delivery,
            State = CompletenessState.NotWatched,
            LastSequence = entry.LastSequence,
            Arrived = arrived.Sequences.Count,
            Dropped = [.. entry.Dropped.Where(drop => drop.Count > 0)],
            UnwatchedTopics = [.. entry.Topics.Where(topic => !watched.TryGetValue(topic, out var known) || known != delivery)],
        };
        if (judged.UnwatchedTopics.Count > 0)
            return judged;

        // A producer that is gone answers for nothing; what came of it behind its last report shows that there was more.
        var last = isSilent ? Math.Max(entry.LastSequence, arrived.Sequences.Last) : entry.LastSequence;
        var gaps = SequenceSet.UpTo(last).Without(arrived.Sequences).Without(arrived.Dropped);
        var dropped = judged.Dropped.Sum(drop => drop.Count);
        var left = Math.Max(0, gaps.Count - Math.Max(0, dropped - arrived.Dropped.Count));
        var mayCome = isSilent ? entry.Spooled : Math.Max(entry.Spooled, entry.LastSequence - entry.Delivered - dropped);
        if (isBehind || now - report.ReceivedAt < settleDelay)
            mayCome = left;
        var missing = Math.Max(0, left - Math.Max(0, mayCome));
        var inFlight = left - missing;
        return judged with
        {
            InFlight = inFlight,
            Spooled = Math.Min(inFlight, entry.Spooled),
            Missing = missing,
            Gaps = gaps.Ranges,
            State = missing > 0 ? CompletenessState.Missing
                : inFlight > 0 ? CompletenessState.InFlight
                : dropped > 0 ? CompletenessState.Dropped
                : CompletenessState.Complete,
        };
    }
}
