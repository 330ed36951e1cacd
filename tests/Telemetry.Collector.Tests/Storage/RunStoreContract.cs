using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

/// <summary>What every <see cref="IRunStore"/> must do; one subclass an engine.</summary>
public abstract partial class RunStoreContract : IAsyncLifetime
{
    protected static readonly TimeSpan SettleDelay = TimeSpan.FromSeconds(30);

    /// <summary>Without provisional values, corrections and orphans.</summary>
    protected static readonly RunSchedule Plain = new() { SettleDelay = SettleDelay };

    private IRunStore _store = null!;

    /// <summary>An empty store; disposed by the contract where it is disposable.</summary>
    protected abstract Task<IRunStore> CreateAsync(RunSchedule schedule);

    /// <summary>A store of that name: the same name has the same rows, after the one before was disposed.</summary>
    protected abstract Task<IRunStore> OpenAsync(string name, RunSchedule schedule);

    public virtual async Task InitializeAsync() => _store = await CreateAsync(Plain);

    public virtual Task DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart_between_any_two_calls()
    {
        using (var store = (IDisposable)await OpenAsync("restarted", Staged))
            await ((IRunStore)store).ApplyAsync([Start("t-1").At(0)], [DeadLetter(7)], default);
        using (var store = (IDisposable)await OpenAsync("restarted", Staged))
            await ((IRunStore)store).ApplyAsync([Start("t-1").At(0), Finish("t-1").At(1)], [DeadLetter(7)], default);
        using (var store = (IDisposable)await OpenAsync("restarted", Staged))
        {
            await ((IRunStore)store).SaveMeasurementAsync(
                Id("t-1"), new Measurement([Cpu], null) { Values = [CpuOwn], Stage = MeasurementStage.Provisional, MeasuredAt = Noon }, default);
        }

        Run before;
        using (var store = (IDisposable)await OpenAsync("restarted", Staged))
        {
            await ((IRunStore)store).PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(70), default);
            before = (await ((IRunStore)store).GetAsync(Id("t-1"), default))!;
        }

        using var last = (IDisposable)await OpenAsync("restarted", Staged);
        var reopened = (IRunStore)last;
        await reopened.ApplyAsync([Finish("t-1").At(1), Start("t-1").At(0)], [DeadLetter(7)], default);

        var run = (await reopened.GetAsync(Id("t-1"), default))!;
        Assert.Equal(before with { Metrics = [], Values = [] }, run with { Metrics = [], Values = [] });
        Assert.Equal((RunState.Finished, 1, RevisionKind.Provisional), Revision(run));
        Assert.Equal((1, Noon.AddSeconds(70), "Prometheus is down."), (run.MeasureAttempts, run.DueAt, run.StateReason));
        Assert.Equal(Cpu, Assert.Single(run.Metrics));
        Assert.Equal(CpuOwn, Assert.Single(run.Values));
        Assert.Equal(Noon, Assert.Single(await reopened.GetRevisionsAsync(Id("t-1"), default)).MeasuredAt);
        Assert.Equal(7, Assert.Single(await reopened.FindDeadLettersAsync(10, default)).Offset);
    }

    [Fact]
    public async Task An_event_from_before_1970_becomes_a_dead_letter()
    {
        await _store.ApplyAsync(Start("t-1") with { Time = DateTimeOffset.UnixEpoch.AddTicks(-1) }, Start("t-2") with { Time = DateTimeOffset.UnixEpoch });

        Assert.Equal("t-2", Assert.Single(await _store.FindAsync(new RunFilter(), default)).TaskId);
        Assert.Contains("before 1970", Assert.Single(await _store.FindDeadLettersAsync(10, default)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_of_events_of_two_hundred_months_is_stored()
    {
        await _store.ApplyAsync([.. Enumerable.Range(0, 200).Select(i => Start($"t-{i}") with { Time = DateTimeOffset.UnixEpoch.AddDays(31 * i) })]);

        Assert.Equal(200, (await _store.CountAsync(default)).Runs[RunState.Open]);
        Assert.Equal(["t-199", "t-198"], await Found(new RunFilter { Limit = 2 }));
    }

    [Fact]
    public async Task A_paired_run_comes_back_with_all_that_its_events_said()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));

        Assert.Equal(
            new Run
            {
                Id = Id("t-1"),
                Kind = RunKind.Task,
                TaskId = "t-1",
                State = RunState.Finished,
                UserId = "ann",
                Model = "llm",
                Node = "node-1",
                TenantId = "tenant",
                VmType = "gpu-8",
                StartEventId = "t-1-start",
                FinishEventId = "t-1-finish",
                StartedAt = Noon,
                FinishedAt = Noon.AddSeconds(20),
                Outcome = "failed",
                Error = "out of memory",
                NextStage = MeasurementStage.Final,
                DueAt = Noon.AddSeconds(20) + SettleDelay,
            },
            await GetAsync("t-1"));
    }

    [Fact]
    public async Task A_run_paired_over_two_batches_is_the_same_as_over_one()
    {
        await _store.ApplyAsync(Finish("two"));
        var half = Assert.Single(await _store.FindAsync(new RunFilter { TaskId = "two" }, default));
        Assert.Equal((RunState.Open, "no start event yet"), Standing(half));
        await _store.ApplyAsync(Start("two"));

        Assert.Equal((RunState.Finished, null), Standing(await GetAsync("two")));
        Assert.Equal("out of memory", (await GetAsync("two")).Error);
        Assert.Null(await _store.GetAsync(half.Id, default));
    }

    [Fact]
    public async Task Times_keep_their_microseconds()
    {
        var time = Noon.AddTicks(1_234_560);
        await _store.ApplyAsync(Start("t-1") with { Time = time });

        Assert.Equal(time, (await GetAsync("t-1")).StartedAt);
    }

    [Fact]
    public async Task Text_of_any_characters_comes_back_unchanged()
    {
        const string Odd = "'; DROP TABLE runs; -- \" \\ \n \u00e9 \U0001F600 $user %s";
        await _store.ApplyAsync(Start(Odd) with { UserId = Odd, EventId = Odd });

        var run = Assert.Single(await _store.FindAsync(new RunFilter { UserId = Odd, TaskId = Odd }, default));

        Assert.Equal((Odd, Odd, Odd), (run.TaskId, run.UserId, run.StartEventId));
    }

    [Fact]
    public async Task An_event_with_a_nul_character_becomes_a_dead_letter_and_the_others_are_stored()
    {
        await _store.ApplyAsync(Start("t-1"), Start("t-1\0x"), Start("t-2") with { Node = "\0" });

        Assert.Equal("t-1", Assert.Single(await _store.FindAsync(new RunFilter(), default)).TaskId);
        var letters = await _store.FindDeadLettersAsync(10, default);
        Assert.Equal([2L, 1L], letters.Select(letter => letter.Offset));
        Assert.Contains("U+0000", letters[0].Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => _store.FindAsync(new RunFilter { TaskId = "t-1\0x" }, default));
    }

    [Fact]
    public async Task A_second_different_start_becomes_a_dead_letter_and_the_run_stays()
    {
        await _store.ApplyAsync(Start("t-1"));
        var before = await GetAsync("t-1");
        var second = (Start("t-1") with { EventId = "other" }).At(7);

        await _store.ApplyAsync([second], [], default);
        await _store.ApplyAsync([second], [], default);

        var letter = Assert.Single(await _store.FindDeadLettersAsync(10, default));
        Assert.Equal(("xumi_task", 0, 7L), (letter.Topic, letter.Partition, letter.Offset));
        Assert.Contains("'t-1-start'", letter.Reason, StringComparison.Ordinal);
        Assert.Equal("other"u8, letter.Raw.Span);
        Assert.Equal(before.StartEventId, (await GetAsync("t-1")).StartEventId);
    }

    [Fact]
    public async Task A_redelivered_dead_letter_is_kept_once_as_it_first_came()
    {
        var raw = new byte[] { 0, 0xff, (byte)'\'', 0 };
        await _store.ApplyAsync([], [DeadLetter(3, raw), DeadLetter(3, raw)], default);
        await _store.ApplyAsync([], [DeadLetter(3, raw) with { ReceivedAt = Noon.AddDays(1) }], default);

        var letter = Assert.Single(await _store.FindDeadLettersAsync(10, default));
        Assert.Equal(raw, letter.Raw.ToArray());
        Assert.Equal(Noon.AddSeconds(3), letter.ReceivedAt);
        Assert.Equal("The value is not JSON.", letter.Reason);
    }

    [Fact]
    public async Task A_dead_letter_may_be_empty()
    {
        await _store.ApplyAsync([], [DeadLetter(1, [])], default);

        Assert.True(Assert.Single(await _store.FindDeadLettersAsync(10, default)).Raw.IsEmpty);
    }

    [Fact]
    public async Task Dead_letters_come_newest_first_and_no_more_than_asked()
    {
        await _store.ApplyAsync([], [DeadLetter(1), DeadLetter(3), DeadLetter(2)], default);

        Assert.Equal([3L, 2L], (await _store.FindDeadLettersAsync(2, default)).Select(letter => letter.Offset));
    }

    [Fact]
    public async Task A_cancelled_call_throws_and_writes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.ApplyAsync([Start("t-1").At(0)], [DeadLetter(1)], new CancellationToken(canceled: true)));

        Assert.Null(await _store.GetAsync(Id("t-1"), default));
        Assert.Empty(await _store.FindDeadLettersAsync(10, default));
    }

    [Fact]
    public async Task Counts_tell_every_state_and_the_dead_letters()
    {
        await _store.ApplyAsync(Start("open"), Start("a"), Finish("a"), Start("b"), Finish("b"), Start("c"), Finish("c"));
        await _store.SaveMeasurementAsync(Id("b"), new Measurement([Cpu], null), default);
        await _store.SaveMeasurementAsync(Id("c"), Measurement.NoData("no such node"), default);
        await _store.ApplyAsync([], [DeadLetter(90), DeadLetter(91)], default);
        using var other = (IDisposable)await CreateAsync(Plain with { OrphanAfter = TimeSpan.FromMinutes(1) });
        var orphans = (IRunStore)other;
        await orphans.ApplyAsync(Start("lost"));
        await orphans.SaveMeasurementAsync(Id("lost"), Measurement.NoData("Gone.") with { Stage = MeasurementStage.Orphan }, default);
        Assert.Equal(1, (await orphans.CountAsync(default)).Runs[RunState.Orphaned]);

        var counts = await _store.CountAsync(default);

        Assert.Equal(2, counts.DeadLetters);
        Assert.Equal(Enum.GetValues<RunState>().ToDictionary(state => state, state => state is RunState.Orphaned ? 0L : 1L), counts.Runs);
    }

    [Fact]
    public async Task Writers_and_readers_work_side_by_side()
    {
        var writers = Enumerable.Range(0, 8).Select(i => _store.ApplyAsync(Start($"t-{i}"), Finish($"t-{i}"), Start("shared")));
        var readers = Enumerable.Range(0, 8).Select(_ => _store.FindAsync(new RunFilter(), default));

        await Task.WhenAll([.. writers, .. readers]);

        Assert.Equal(9, (await _store.FindAsync(new RunFilter(), default)).Count);
    }

    private static (RunState, string?) Standing(Run run) => (run.State, run.StateReason);

    private async Task<Run> GetAsync(string taskId)
    {
        var run = await _store.GetAsync(Id(taskId), default);
        Assert.NotNull(run);
        return run;
    }
}
