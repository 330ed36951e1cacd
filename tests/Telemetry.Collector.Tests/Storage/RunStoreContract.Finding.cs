using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

// Listing runs.
public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_run_that_does_not_exist_is_null() => Assert.Null(await _store.GetAsync("' OR 1=1 --", default));

    [Fact]
    public async Task Without_a_filter_all_runs_come_newest_first()
    {
        await _store.ApplyAsync(Start("old", 0), Finish("middle", 50), Start("new", 100));

        Assert.Equal(["new", "middle", "old"], await Found(new RunFilter()));
        Assert.Equal(["new", "middle"], await Found(new RunFilter { Limit = 2 }));
    }

    [Fact]
    public async Task Filters_hold_all_at_once()
    {
        await _store.ApplyAsync(
            Start("a", 0), Finish("a"), Start("b", 1) with { UserId = "bob" }, Start("c", 2), Start("d", 3) with { UserId = null });

        Assert.Equal(["c", "a"], await Found(new RunFilter { UserId = "ann" }));
        Assert.Equal(["b"], await Found(new RunFilter { TaskId = "b" }));
        Assert.Equal(["a"], await Found(new RunFilter { State = RunState.Finished }));
        Assert.Equal(["c"], await Found(new RunFilter { UserId = "ann", State = RunState.Open }));
        Assert.Empty(await Found(new RunFilter { UserId = "bob", TaskId = "a" }));
    }

    [Fact]
    public async Task From_is_inclusive_and_to_is_exclusive()
    {
        await _store.ApplyAsync(Start("a", 0), Start("b", 10), Finish("c", 20));

        Assert.Equal(["b"], await Found(new RunFilter { From = Noon.AddSeconds(10), To = Noon.AddSeconds(20) }));
        Assert.Equal(["c", "b"], await Found(new RunFilter { From = Noon.AddSeconds(10).ToOffset(TimeSpan.FromHours(5)) }));
    }

    [Fact]
    public async Task Listed_runs_carry_their_own_metrics()
    {
        await _store.ApplyAsync(Start("a"), Finish("a"), Start("b", 1), Finish("b"), Start("c", 2));
        await _store.SaveMeasurementAsync(Id("a"), new Measurement([Cpu, Memory], null), default);
        await _store.SaveMeasurementAsync(Id("b"), new Measurement([Cpu with { Integral = 99 }], null), default);

        var runs = await _store.FindAsync(new RunFilter(), default);

        Assert.Equal([0, 1, 2], runs.Select(run => run.Metrics.Count));
        Assert.Equal(99, runs[1].Metrics[0].Integral);
    }

    private async Task<IEnumerable<string>> Found(RunFilter filter) =>
        (await _store.FindAsync(filter, default)).Select(run => run.TaskId);
}
