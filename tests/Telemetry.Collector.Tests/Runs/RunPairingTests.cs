using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Tests.Runs;

public class RunPairingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_start_alone_opens_the_run_and_says_what_is_missing()
    {
        var run = Changed(null, Start());

        Assert.Equal(RunId.For(RunKind.Task, "t-1"), run.Id);
        Assert.Equal(RunState.Open, run.State);
        Assert.Equal("no finish event yet", run.StateReason);
        Assert.Equal(Noon, run.StartedAt);
        Assert.Null(run.FinishedAt);
    }

    [Fact]
    public void A_finish_alone_opens_the_run_and_says_what_is_missing()
    {
        var run = Changed(null, Finish());

        Assert.Equal(RunState.Open, run.State);
        Assert.Equal("no start event yet", run.StateReason);
        Assert.Equal("succeeded", run.Outcome);
    }

    [Fact]
    public void Both_events_finish_the_run_whichever_came_first()
    {
        var startFirst = Changed(Changed(null, Start()), Finish());
        var finishFirst = Changed(Changed(null, Finish()), Start());

        Assert.Equal(RunState.Finished, startFirst.State);
        Assert.Null(startFirst.StateReason);
        Assert.Equal(startFirst, finishFirst);
    }

    [Fact]
    public void Where_both_events_say_something_the_start_counts_and_the_finish_fills_gaps()
    {
        var start = Start() with { Node = "node-1", Model = null };
        var finish = Finish() with { Node = "node-2", Model = "m-2" };

        Assert.Equal(("node-1", "m-2"), Described(Changed(Changed(null, start), finish)));
        Assert.Equal(("node-1", "m-2"), Described(Changed(Changed(null, finish), start)));

        static (string?, string?) Described(Run run) => (run.Node, run.Model);
    }

    [Fact]
    public void The_same_event_again_changes_nothing()
    {
        var run = Changed(Changed(null, Start()), Finish());

        Assert.Equal(new PairingResult(PairingOutcome.Unchanged, run, null), RunPairing.Apply(run, Start()));
        Assert.Equal(new PairingResult(PairingOutcome.Unchanged, run, null), RunPairing.Apply(run, Finish()));
    }

    [Fact]
    public void A_second_different_start_is_a_conflict_that_says_which_came_first()
    {
        var reason = Conflict(Changed(null, Start()), Start() with { EventId = "start-2", Time = Noon.AddSeconds(1) });

        Assert.Contains("already has start event 'start-1' of 2026-08-01T12:00:00Z, which came first", reason, StringComparison.Ordinal);
        Assert.Contains("'start-2' of 2026-08-01T12:00:01Z is not used", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_different_finish_is_a_conflict_even_when_the_run_is_measured()
    {
        var measured = Changed(Changed(null, Start()), Finish()) with { State = RunState.Measured };

        var reason = Conflict(measured, Finish() with { EventId = "finish-2" });

        Assert.Contains("already has finish event 'finish-1'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finish_before_its_start_is_a_conflict_that_speaks_of_clocks_whichever_came_first()
    {
        var early = Finish() with { Time = Noon.AddSeconds(-3.5) };

        var finishRefused = Conflict(Changed(null, Start()), early);
        Assert.Contains("would last -3.5 s", finishRefused, StringComparison.Ordinal);
        Assert.Contains("The start came first and is kept; the finish is not used.", finishRefused, StringComparison.Ordinal);
        Assert.Contains("clocks", finishRefused, StringComparison.Ordinal);

        var startRefused = Conflict(Changed(null, early), Start());
        Assert.Contains("The finish came first and is kept; the start is not used.", startRefused, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_less_than_a_microsecond_apart_are_the_same_moment()
    {
        var start = Start() with { Time = Noon.AddTicks(9) };
        var finish = Finish() with { Time = Noon.AddTicks(1) };

        var run = Changed(Changed(null, start), finish);

        Assert.Equal(Noon, run.StartedAt);
        Assert.Equal(Noon, run.FinishedAt);
    }

    [Fact]
    public void A_time_with_an_offset_is_kept_as_utc()
    {
        var run = Changed(null, Start() with { Time = new DateTimeOffset(2026, 8, 1, 14, 0, 0, TimeSpan.FromHours(2)) });

        Assert.Equal(TimeSpan.Zero, run.StartedAt!.Value.Offset);
        Assert.Equal(Noon, run.StartedAt);
    }

    [Fact]
    public void An_event_of_another_run_is_refused()
    {
        var run = Changed(null, Start());

        Assert.Throws<ArgumentException>(() => RunPairing.Apply(run, Finish() with { TaskId = "t-2" }));
        Assert.Throws<ArgumentException>(() => RunPairing.Apply(run, Finish() with { Kind = RunKind.Load }));
    }

    private static Run Changed(Run? existing, RunEvent runEvent)
    {
        var result = RunPairing.Apply(existing, runEvent);
        Assert.Equal(PairingOutcome.Changed, result.Outcome);
        return result.Run!;
    }

    private static string Conflict(Run existing, RunEvent runEvent)
    {
        var result = RunPairing.Apply(existing, runEvent);
        Assert.Equal(PairingOutcome.Conflict, result.Outcome);
        Assert.Null(result.Run);
        return result.ConflictReason!;
    }

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
