using FsCheck.Xunit;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Tests.Runs;

public class TaskRunsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_start_alone_opens_the_run_and_says_what_is_missing()
    {
        var run = Row(Start());

        Assert.Equal(RunId.For(RunKind.Task, "t-1", "start-1"), run.Id);
        Assert.Equal(RunState.Open, run.State);
        Assert.Equal("no finish event yet", run.StateReason);
        Assert.Equal(Noon, run.StartedAt);
        Assert.Null(run.FinishedAt);
    }

    [Fact]
    public void A_finish_alone_opens_the_run_and_says_what_is_missing()
    {
        var run = Row(Finish());

        Assert.Equal(RunState.Open, run.State);
        Assert.Equal("no start event yet", run.StateReason);
        Assert.Equal("succeeded", run.Outcome);
    }

    [Fact]
    public void Both_events_finish_the_run_whichever_came_first()
    {
        var startFirst = Row(Start(), Finish());
        var finishFirst = Row(Finish(), Start());

        Assert.Equal(RunState.Finished, startFirst.State);
        Assert.Null(startFirst.StateReason);
        Assert.Equal(startFirst, finishFirst);
    }

    [Fact]
    public void Where_both_events_say_something_the_start_counts_and_the_finish_fills_gaps()
    {
        var start = Start() with { Node = "node-1", Model = null };
        var finish = Finish() with { Node = "node-2", Model = "m-2" };

        Assert.Equal(("node-1", "m-2"), Described(Row(start, finish)));
        Assert.Equal(("node-1", "m-2"), Described(Row(finish, start)));

        static (string?, string?) Described(Run run) => (run.Node, run.Model);
    }

    [Fact]
    public void The_same_event_again_changes_nothing()
    {
        var task = Given(Start(), Finish());

        Assert.Equal(PairingOutcome.Unchanged, task.Apply(Start()).Outcome);
        Assert.Equal(PairingOutcome.Unchanged, task.Apply(Finish()).Outcome);
        Assert.Empty(new TaskRuns(task.Changed, task.NewEvents).Changed);
    }

    [Fact]
    public void A_second_different_start_is_a_conflict_that_says_which_came_first()
    {
        var reason = Conflict(Start() with { EventId = "start-2", Time = Noon.AddSeconds(1) }, Start());

        Assert.Contains("already has start event 'start-1' of 2026-08-01T12:00:00Z, which came first", reason, StringComparison.Ordinal);
        Assert.Contains("'start-2' of 2026-08-01T12:00:01Z is not used", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_different_finish_is_a_conflict_whenever_it_says_it_was()
    {
        var later = Conflict(Finish() with { EventId = "finish-2" }, Start(), Finish());
        var earlier = Conflict(Finish() with { EventId = "finish-2", Time = Noon.AddSeconds(1) }, Start(), Finish());

        Assert.All([later, earlier], reason => Assert.Contains("already has finish event 'finish-1'", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_finish_before_its_start_is_a_conflict_that_speaks_of_clocks_whichever_came_first()
    {
        var early = Finish() with { Time = Noon.AddSeconds(-3.5) };

        var finishRefused = Conflict(early, Start());
        Assert.Contains("would last -3.5 s", finishRefused, StringComparison.Ordinal);
        Assert.Contains("The start came first and is kept; the finish is not used.", finishRefused, StringComparison.Ordinal);
        Assert.Contains("clocks", finishRefused, StringComparison.Ordinal);

        var startRefused = Conflict(Start(), early);
        Assert.Contains("The finish came first and is kept; the start is not used.", startRefused, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_less_than_a_microsecond_apart_are_the_same_moment()
    {
        var start = Start() with { Time = Noon.AddTicks(9) };
        var finish = Finish() with { Time = Noon.AddTicks(1) };

        var run = Row(start, finish);

        Assert.Equal(Noon, run.StartedAt);
        Assert.Equal(Noon, run.FinishedAt);
    }

    [Fact]
    public void A_time_with_an_offset_is_kept_as_utc()
    {
        var run = Row(Start() with { Time = new DateTimeOffset(2026, 8, 1, 14, 0, 0, TimeSpan.FromHours(2)) });

        Assert.Equal(TimeSpan.Zero, run.StartedAt!.Value.Offset);
        Assert.Equal(Noon, run.StartedAt);
    }

    [Fact]
    public void A_finish_long_before_the_start_is_of_an_attempt_whose_start_is_not_here()
    {
        var rows = Rows(Start(), Finish() with { Time = Noon.AddMinutes(-2) });

        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(RunState.Open, row.State));
    }

    [Fact]
    public void A_start_on_another_node_is_a_run_of_its_own()
    {
        var rows = Rows(Start(), Start("2", "node-2", 10), Finish("2", "node-2", 30), Finish("1", "node-1", 25));

        Assert.Equal(
            [("node-1", "start-1", "finish-1"), ("node-2", "start-2", "finish-2")],
            rows.Select(row => (row.Node!, row.StartEventId!, row.FinishEventId!)).Order());
        Assert.Equal(2, rows.Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public void A_start_on_the_same_node_after_the_finish_is_a_run_of_its_own()
    {
        var rows = Rows(Start(), Finish("1", "node-1", 20), Start("2", "node-1", 30), Finish("2", null, 40));

        Assert.Equal([10.0, 20.0], rows.Select(row => (row.FinishedAt - row.StartedAt)!.Value.TotalSeconds).Order());
    }

    [Fact]
    public void A_finish_without_a_node_ends_the_latest_attempt_before_it()
    {
        var rows = Rows(Start(), Finish("1", null, 30), Start("2", "node-2", 10));

        Assert.Equal((RunState.Open, "no finish event yet"), Standing(rows.Single(row => row.Node == "node-1")));
        Assert.Equal((RunState.Finished, null), Standing(rows.Single(row => row.Node == "node-2")));
    }

    [Fact]
    public void A_run_that_loses_its_finish_to_a_later_attempt_keeps_its_number_and_loses_its_figures()
    {
        var first = Given(Start(), Finish("1", null, 30));
        var measured = first.Changed.Single() with { State = RunState.Measured, Revision = 2, RevisionKind = RevisionKind.Final };
        var task = new TaskRuns([measured], first.NewEvents);

        task.Apply(Start("2", "node-2", 10));

        var row = task.Changed.Single(row => row.Node == "node-1");
        Assert.Equal((measured.Id, RunState.Open, 2, null), (row.Id, row.State, row.Revision, row.RevisionKind));
    }

    [Property(MaxTest = 500)]
    public void Attempts_are_the_same_in_whatever_order_and_batches_their_events_come(int seed, byte batch)
    {
        RunEvent[] events =
        [
            Start(), Finish("1", "node-1", 25), Start("2", "node-2", 10), Finish("2", "node-2", 30), Start("3", "node-3", 35),
            Start("4", "node-4", 40), Finish("4", "node-4", 50),
        ];
        RunEvent[] shuffled = [.. events, .. events];
        new Random(seed).Shuffle(shuffled);

        IReadOnlyList<Run> rows = [];
        IReadOnlyList<RunEvent> known = [];
        foreach (var chunk in shuffled.Chunk(1 + batch % 5))
        {
            var task = new TaskRuns(rows, known);
            foreach (var one in chunk)
                Assert.NotEqual(PairingOutcome.Conflict, task.Apply(one).Outcome);
            var removed = task.RemovedIds.ToHashSet();
            var changed = task.Changed.ToDictionary(row => row.Id);
            rows = [.. rows.Where(row => !removed.Contains(row.Id) && !changed.ContainsKey(row.Id)), .. changed.Values];
            known = [.. known, .. task.NewEvents];
        }

        Assert.Equal(InOrder(Rows(events)), InOrder(rows));

        static IEnumerable<Run> InOrder(IEnumerable<Run> rows) => rows.OrderBy(row => row.Id, StringComparer.Ordinal);
    }

    private static (RunState, string?) Standing(Run run) => (run.State, run.StateReason);

    private static TaskRuns Given(params RunEvent[] events)
    {
        var task = new TaskRuns([], []);
        foreach (var one in events)
            Assert.Equal((PairingOutcome.Changed, null), (task.Apply(one) is var result ? result.Outcome : default, result.ConflictReason));
        return task;
    }

    private static IReadOnlyList<Run> Rows(params RunEvent[] events) => [.. Given(events).Changed];

    private static Run Row(params RunEvent[] events) => Assert.Single(Rows(events));

    private static string Conflict(RunEvent refused, params RunEvent[] before)
    {
        var task = Given(before);
        var rows = task.Changed.ToArray();
        var result = task.Apply(refused);
        Assert.Equal(PairingOutcome.Conflict, result.Outcome);
        Assert.Equal(rows, task.Changed);
        return result.ConflictReason!;
    }

    private static RunEvent Start(string number, string node, double second) =>
        Start() with { EventId = $"start-{number}", Node = node, Time = Noon.AddSeconds(second) };

    private static RunEvent Finish(string number, string? node, double second) =>
        Finish() with { EventId = $"finish-{number}", Node = node, Time = Noon.AddSeconds(second) };

    private static RunEvent Start() => new()
    {
        EventId = "start-1",
        Kind = RunKind.Task,
        Boundary = RunBoundary.Start,
        TaskId = "t-1",
        Time = Noon,
        UserId = "u-1",
        Model = "m-1",
        Node = "node-1",
    };

    private static RunEvent Finish() => new()
    {
        EventId = "finish-1",
        Kind = RunKind.Task,
        Boundary = RunBoundary.Finish,
        TaskId = "t-1",
        Time = Noon.AddSeconds(20),
        Outcome = "succeeded",
    };
}
