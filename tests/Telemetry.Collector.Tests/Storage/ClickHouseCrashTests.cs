using System.Data.Common;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.ClickHouse;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

/// <summary>ClickHouse has no transactions: whatever a call left undone, the same call made again completes, and nothing is there twice.</summary>
[Trait("Category", "Integration")]
public sealed class ClickHouseCrashTests(ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>, IAsyncLifetime
{
    private static readonly RunSchedule Staged = new()
    {
        SettleDelay = TimeSpan.FromSeconds(30), CorrectionDelay = TimeSpan.FromMinutes(10), OrphanAfter = TimeSpan.FromHours(1),
    };

    private CuttingProxy _proxy = null!;

    public async Task InitializeAsync() => _proxy = await CuttingProxy.StartAsync(clickHouse.Server.Url);

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_was_cut_anywhere_is_completed_by_its_redelivery(bool cutsTheAnswer)
    {
        // A late start takes the place of a finish's row, runs of two months, a conflict, a letter: every kind of write.
        ConsumedRunEvent[] before = [Finish("t-1").At(0), Start("t-3").At(1)];
        ConsumedRunEvent[] batch =
        [
            Start("t-1").At(2), (Start("t-1") with { EventId = "other" }).At(3), Start("t-2", -86400 * 40).At(4), Finish("t-3").At(5),
        ];
        var expected = await AfterAsync(clickHouse.NewName(), before, batch);
        Assert.Equal(
            ["t-1 Finished", "t-2 Open", "t-3 Finished"], expected.Runs.Select(run => $"{run.TaskId} {run.State}").Order(StringComparer.Ordinal));
        Assert.Equal([9L, 3L], expected.Letters.Select(letter => letter.Offset));

        var cuts = 0;
        for (var isCut = true; isCut; cuts++)
        {
            var name = clickHouse.NewName();
            using (var store = Store(name))
                await store.ApplyAsync(before, [], default);
            isCut = await CutAsync(cuts, cutsTheAnswer, name, store => store.ApplyAsync(batch, [DeadLetter(9)], default));

            var after = await AfterAsync(name, batch);
            Assert.Equal(expected.Runs, after.Runs);
            Assert.Equal(expected.Letters, after.Letters);
        }

        Assert.True(cuts > 5, $"Only {cuts} requests were there to cut.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_measurement_that_was_cut_anywhere_is_made_again_and_counts_once(bool cutsTheAnswer)
    {
        var cuts = 0;
        for (var isCut = true; isCut; cuts++)
        {
            var name = clickHouse.NewName();
            using var direct = Store(name);
            await direct.ApplyAsync([Start("t-1").At(0), Finish("t-1").At(1)], [], default);
            isCut = await CutAsync(cuts, cutsTheAnswer, name, store => store.SaveMeasurementAsync(
                Id("t-1"), new Measurement([Cpu with { Integral = 99 }], null) { Values = [CpuOwn with { Value = 99 }], MeasuredAt = Noon.AddSeconds(50) }, default));

            // What the measurer does after a restart: it measures what is still due.
            foreach (var due in await direct.FindDueAsync(Noon.AddSeconds(60), 10, default))
            {
                await direct.SaveMeasurementAsync(
                    due.Id, new Measurement([Cpu], null) { Values = [CpuOwn], MeasuredAt = Noon.AddSeconds(60) }, default);
            }

            var run = (await direct.GetAsync(Id("t-1"), default))!;
            Assert.Equal((RunState.Measured, 1, RevisionKind.Final), (run.State, run.Revision, run.RevisionKind));
            var revision = Assert.Single(await direct.GetRevisionsAsync(Id("t-1"), default));
            Assert.Equal(run.MeasuredAt, revision.MeasuredAt);
            var sum = Assert.Single(Assert.Single(await direct.AggregateAsync(new RunAggregateQuery([RunAggregateKey.User], new RunFilter()), default)).Sums);
            Assert.Equal((1L, Assert.Single(run.Values).Value), (sum.Runs, sum.Value));
            Assert.Equal(Assert.Single(run.Metrics).Integral == 99 ? 99 : CpuOwn.Value, sum.Value);
        }

        Assert.True(cuts > 3, $"Only {cuts} requests were there to cut.");
    }

    [Fact]
    public async Task Two_Collectors_that_get_the_two_events_of_a_task_beside_each_other_make_one_run()
    {
        var name = clickHouse.NewName();
        using var first = Store(name);
        using var second = Store(name);
        const int Tasks = 20;

        for (var i = 0; i < Tasks; i++)
            await Task.WhenAll(first.ApplyAsync([Start($"t-{i}").At(i)], [], default), second.ApplyAsync([Finish($"t-{i}").At(i)], [], default));

        var runs = await first.FindAsync(new RunFilter { Limit = 1000 }, default);
        Assert.Equal(Tasks, runs.Count);
        Assert.All(runs, run => Assert.Equal(RunState.Finished, run.State));
    }

    [Fact]
    public async Task Two_Collectors_that_measure_a_run_beside_each_other_make_one_revision_of_the_figures_of_one_of_them()
    {
        var name = clickHouse.NewName();
        using var first = Store(name);
        using var second = Store(name);
        for (var i = 0; i < 10; i++)
        {
            await first.ApplyAsync([Start($"t-{i}").At(0), Finish($"t-{i}").At(1)], [], default);
            Task Save(IRunStore store, double integral) => store.SaveMeasurementAsync(
                Id($"t-{i}"),
                new Measurement([Cpu with { Integral = integral }], null) { Values = [CpuOwn with { Value = integral }], MeasuredAt = Noon.AddSeconds(integral) },
                default);
            await Task.WhenAll(Save(first, 21), Save(second, 22));

            var run = (await second.GetAsync(Id($"t-{i}"), default))!;
            Assert.Equal((RunState.Measured, 1), (run.State, run.Revision));
            Assert.Equal(run.Metrics.Single().Integral, run.Values.Single().Value);
            Assert.Equal(run.MeasuredAt, Assert.Single(await first.GetRevisionsAsync(run.Id, default)).MeasuredAt);
        }

        var sum = Assert.Single(Assert.Single(await first.AggregateAsync(new RunAggregateQuery([RunAggregateKey.User], new RunFilter()), default)).Sums);
        Assert.Equal(10, sum.Runs);
    }

    [Fact]
    public async Task A_late_event_wins_over_a_measurement_that_did_not_know_of_it()
    {
        var name = clickHouse.NewName();
        using var first = Store(name);
        using var second = Store(name);
        for (var i = 0; i < 10; i++)
        {
            var task = $"t-{i}";
            await first.ApplyAsync([Start(task).At(0)], [], default);
            await Task.WhenAll(
                first.ApplyAsync([Finish(task).At(1)], [], default),
                second.SaveMeasurementAsync(Id(task), Measurement.NoData("Gone.") with { Stage = MeasurementStage.Orphan, MeasuredAt = Noon.AddHours(1) }, default));

            var run = (await second.GetAsync(Id(task), default))!;
            Assert.Equal((RunState.Finished, $"{task}-finish", null), (run.State, run.FinishEventId, run.RevisionKind));
        }
    }

    [Fact]
    public async Task While_it_is_down_every_call_is_a_DbException_and_afterwards_all_is_there()
    {
        if (!clickHouse.Server.CanBeKilled)
            return;
        var name = clickHouse.NewName();
        using var store = Store(name);
        await store.ApplyAsync([Start("t-1").At(0), Finish("t-1").At(1)], [DeadLetter(2)], default);
        await store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null) { Values = [CpuOwn] }, default);

        await clickHouse.Server.KillAsync();
        using var fresh = Store(name);
        foreach (var down in new[] { store, fresh })
        {
            await Assert.ThrowsAnyAsync<DbException>(() => down.ApplyAsync([Start("t-2").At(3)], [], default));
            await Assert.ThrowsAnyAsync<DbException>(() => down.FindAsync(new RunFilter(), default));
            await Assert.ThrowsAnyAsync<DbException>(() => down.FindDueAsync(Noon, 1, default));
            await Assert.ThrowsAnyAsync<DbException>(() => down.CountAsync(default));
        }

        await clickHouse.Server.RestartAsync();
        await fresh.ApplyAsync([Start("t-2").At(3)], [], default);
        Assert.Equal([CpuOwn], (await store.GetAsync(Id("t-1"), default))!.Values);
        Assert.Equal(RunState.Open, (await store.GetAsync(Id("t-2"), default))!.State);
        Assert.Single(await fresh.FindDeadLettersAsync(10, default));
    }

    private async Task<bool> CutAsync(int cutAt, bool cutsTheAnswer, string name, Func<IRunStore, Task> call)
    {
        using var store = Store(name, _proxy.Url);
        await store.GetAsync("warm-up", default);
        (_proxy.CutAt, _proxy.CutsTheAnswer) = (_proxy.Requests + cutAt, cutsTheAnswer);
        try
        {
            await call(store);
            return false;
        }
        catch (DbException)
        {
            return true;
        }
        finally
        {
            _proxy.CutAt = int.MaxValue;
        }
    }

    private async Task<(IReadOnlyList<Run> Runs, IEnumerable<(long Offset, string Reason)> Letters)> AfterAsync(string name, params ConsumedRunEvent[][] batches)
    {
        using var store = Store(name);
        foreach (var batch in batches)
            await store.ApplyAsync(batch, [DeadLetter(9)], default);
        return (await store.FindAsync(new RunFilter(), default), (await store.FindDeadLettersAsync(10, default)).Select(letter => (letter.Offset, letter.Reason)));
    }

    private ClickHouseRunStore Store(string name, string? url = null) => new(clickHouse.Tables(name, url), Staged);
}
