using Telemetry.Collector.Completeness;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Tests.Completeness;

public class CompletenessJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, DeliveryClass> Watched = new() { ["orders"] = DeliveryClass.Usage, ["audit"] = DeliveryClass.Audit };

    [Fact]
    public void All_that_was_reported_has_arrived()
    {
        var judged = Judge(Report(last: 100, delivered: 100), Arrived((1, 104)));

        Assert.Equal((CompletenessState.Complete, 0, 0, 104L), (judged.State, judged.Missing, judged.InFlight, judged.Arrived));
        Assert.Empty(judged.Gaps);
    }

    [Fact]
    public void What_was_acknowledged_and_did_not_arrive_is_missing_with_its_ranges()
    {
        var judged = Judge(Report(last: 100, delivered: 100), Arrived((1, 39), (45, 60), (62, 101)));

        Assert.Equal((CompletenessState.Missing, 6L), (judged.State, judged.Missing));
        Assert.Equal([new SequenceRange(40, 44), new SequenceRange(61, 61)], judged.Gaps);
    }

    [Fact]
    public void What_the_producer_has_on_its_way_or_on_disk_is_not_missing()
    {
        var judged = Judge(Report(last: 100, delivered: 80, spooled: 15), Arrived((1, 80)));

        Assert.Equal((CompletenessState.InFlight, 0L, 20L, 15L), (judged.State, judged.Missing, judged.InFlight, judged.Spooled));
    }

    [Fact]
    public void Where_more_is_lacking_than_is_on_its_way_the_rest_is_missing()
    {
        var judged = Judge(Report(last: 100, delivered: 95), Arrived((11, 95)));

        Assert.Equal((CompletenessState.Missing, 10L, 5L), (judged.State, judged.Missing, judged.InFlight));
    }

    [Fact]
    public void A_fresh_report_and_a_reader_that_is_behind_make_nothing_missing()
    {
        var report = Report(last: 100, delivered: 100);

        Assert.Equal((CompletenessState.InFlight, 0L, 50L), Short(Judge(report with { ReceivedAt = Now }, Arrived((1, 50)))));
        Assert.Equal((CompletenessState.InFlight, 0L, 50L), Short(Judge(report, Arrived((1, 50)), isBehind: true)));
        Assert.Equal((CompletenessState.Missing, 50L, 0L), Short(Judge(report, Arrived((1, 50)))));
    }

    [Fact]
    public void Sequences_that_the_producer_names_as_given_up_are_no_gaps()
    {
        var drops = new ProducerDropCount("evicted", 10, [new ProducerSequenceRange(41, 50)]);
        var judged = Judge(Report(last: 100, delivered: 90, dropped: drops), Arrived([new SequenceRange(41, 50)], (1, 40), (51, 100)));

        Assert.Equal((CompletenessState.Dropped, 0L, 0L), Short(judged));
        Assert.Empty(judged.Gaps);
        Assert.Equal(("evicted", 10L), (judged.Dropped.Single().Reason, judged.Dropped.Single().Count));
    }

    [Fact]
    public void Drops_without_sequences_explain_as_many_gaps_and_no_more()
    {
        var drops = new ProducerDropCount("spool_disk_full", 4, []);

        var explained = Judge(Report(last: 100, delivered: 96, dropped: drops), Arrived((5, 100)));
        var beyond = Judge(Report(last: 100, delivered: 96, dropped: drops), Arrived((8, 100)));

        Assert.Equal((CompletenessState.Dropped, 0L), (explained.State, explained.Missing));
        Assert.Equal((CompletenessState.Missing, 3L), (beyond.State, beyond.Missing));
        Assert.Equal([new SequenceRange(1, 7)], beyond.Gaps);
    }

    [Fact]
    public void A_producer_that_fell_silent_answers_only_for_what_is_on_disk()
    {
        var report = Report(last: 100, delivered: 90, spooled: 4) with { ReceivedAt = Now - LongAgo };

        var judged = Judge(report, Arrived((1, 90), (110, 110)));

        // 91 to 109 did not arrive; four of them may be on disk.
        Assert.Equal((CompletenessState.Missing, 15L, 4L), Short(judged));
        Assert.Equal([new SequenceRange(91, 109)], judged.Gaps);
    }

    [Fact]
    public void After_a_last_report_silence_means_nothing()
    {
        var report = Report(last: 100, delivered: 90, spooled: 10, isFinal: true) with { ReceivedAt = Now - LongAgo };

        Assert.Equal((CompletenessState.InFlight, 0L, 10L), Short(Judge(report, Arrived((1, 90), (101, 101)))));
        Assert.Equal((CompletenessState.Complete, 0L, 0L), Short(Judge(report, Arrived((1, 101)))));
    }

    [Fact]
    public void A_class_with_a_topic_that_is_not_watched_or_of_another_class_is_not_judged()
    {
        Assert.Equal(["other"], Judge(Report(last: 100, delivered: 100, topics: ["orders", "other"]), Arrived((1, 50))).UnwatchedTopics);
        var judged = Judge(Report(last: 100, delivered: 100, topics: ["audit"]), Arrived((1, 50)));

        Assert.Equal((CompletenessState.NotWatched, 0L), (judged.State, judged.Missing));
        Assert.Equal(["audit"], judged.UnwatchedTopics);
    }

    [Fact]
    public void A_producer_without_a_report_is_said_to_be_one()
    {
        var judged = Assert.Single(Judge("p", null, new() { [DeliveryClass.Usage] = Arrived((1, 5), (9, 9)) }).Classes);

        Assert.Equal((CompletenessState.Unreported, 0L, 6L), (judged.State, judged.Missing, judged.Arrived));
    }

    private static (CompletenessState State, long Missing, long InFlight) Short(ClassCompleteness judged) => (judged.State, judged.Missing, judged.InFlight);

    private static ClassCompleteness Judge(ReceivedReport report, ArrivedEvents arrived, bool isBehind = false) =>
        Assert.Single(Judge("p", report, new() { [DeliveryClass.Usage] = arrived }, isBehind).Classes);

    private static ProducerCompleteness Judge(
        string producer, ReceivedReport? report, Dictionary<DeliveryClass, ArrivedEvents> arrived, bool isBehind = false) =>
        new CompletenessJudge(Watched, Settle, isBehind, Now).Judge(producer, report, arrived);

    private static ArrivedEvents Arrived(params (long First, long Last)[] ranges) => Arrived([], ranges);

    private static ArrivedEvents Arrived(SequenceRange[] dropped, params (long First, long Last)[] ranges) => new()
    {
        Sequences = new SequenceSet(ranges.Select(range => new SequenceRange(range.First, range.Last))),
        Dropped = new SequenceSet(dropped),
    };

    private static ReceivedReport Report(
        long last, long delivered, long spooled = 0, bool isFinal = false, string[]? topics = null, params ProducerDropCount[] dropped) => new()
    {
        Source = "/orders",
        Sequence = last + 1,
        ReportedAt = Now - Settled,
        ReceivedAt = Now - Settled,
        Report = new TelemetryProducerReport(
            "p", isFinal, 60, [new ProducerClassReport(DeliveryClass.Usage, 1, last, last, delivered, spooled, 0, 0, 0, topics ?? ["orders"], dropped)]),
    };
}
