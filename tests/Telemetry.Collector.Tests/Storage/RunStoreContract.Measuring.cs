using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Windows;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

// The store as the queue of measurements.
public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_run_is_due_once_the_settle_delay_after_its_finish_is_over()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1", atSecond: 20));

        Assert.Empty(await DueAt(49.999999));
        Assert.Equal(["t-1"], await DueAt(50));
    }

    [Fact]
    public async Task An_open_run_is_never_due()
    {
        await _store.ApplyAsync(Start("started"), Finish("finished"));

        Assert.Empty(await DueAt(1e6));
    }

    [Fact]
    public async Task The_longest_due_come_first_and_no_more_than_asked()
    {
        await _store.ApplyAsync(Start("b"), Finish("b", 30), Start("a"), Finish("a", 20), Start("c"), Finish("c", 10));
        await _store.PostponeAsync(Id("c"), "Prometheus is down.", Noon.AddSeconds(55), default);

        Assert.Equal(["a", "c", "b"], await DueAt(100));
        Assert.Equal(["a", "c"], await DueAt(100, limit: 2));
    }

    [Fact]
    public async Task A_postponed_run_says_why_and_is_due_at_its_next_attempt()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(100), default);

        var run = await GetAsync("t-1");
        Assert.Equal((RunState.Finished, "Prometheus is down."), Standing(run));
        Assert.Equal(1, run.MeasureAttempts);
        Assert.Empty(await DueAt(99));
        Assert.Equal(["t-1"], await DueAt(100));
    }

    [Fact]
    public async Task A_next_attempt_before_the_settle_delay_waits_for_the_delay()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1", atSecond: 20));
        await _store.PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(21), default);

        Assert.Empty(await DueAt(49));
    }

    [Fact]
    public async Task The_same_postponement_again_counts_once_and_a_later_one_counts()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(100), default);
        await _store.PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(100), default);
        Assert.Equal(1, (await GetAsync("t-1")).MeasureAttempts);

        await _store.PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(200), default);
        Assert.Equal(2, (await GetAsync("t-1")).MeasureAttempts);
    }

    [Fact]
    public async Task A_measurement_closes_the_run_with_its_metrics_by_name()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.PostponeAsync(Id("t-1"), "Prometheus is down.", Noon.AddSeconds(100), default);
        await _store.SaveMeasurementAsync(Id("t-1"), new Measurement([Memory, Cpu], null), default);

        var run = await GetAsync("t-1");
        Assert.Equal((RunState.Measured, null), Standing(run));
        Assert.Equal([Cpu, Memory], run.Metrics);
        Assert.Equal(2, run.MeasureAttempts);
        Assert.Empty(await DueAt(1e6));
    }

    [Fact]
    public async Task Every_figure_is_kept_with_its_bounds_and_state()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"), Start("t-2"), Finish("t-2"));
        await _store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null) { Values = [NoDisk, CpuOwn] }, default);
        await _store.SaveMeasurementAsync(Id("t-2"), new Measurement([Cpu], null), default);

        Assert.Equal([CpuOwn, NoDisk], (await GetAsync("t-1")).Values);
        Assert.Empty((await GetAsync("t-2")).Values);
    }

    [Fact]
    public async Task Runs_under_way_on_a_node_in_a_window_are_found_in_order_of_their_start()
    {
        await _store.ApplyAsync(
            Start("before", 0), Finish("before", 10), Start("into", 5), Finish("into", 11), Start("open", 2),
            Start("after", 20), Finish("after", 30), Start("elsewhere", 12) with { Node = "node-2" }, Finish("lost", 15));

        var found = await _store.FindOverlappingAsync("node-1", new TimeWindow(Noon.AddSeconds(10), Noon.AddSeconds(20)), default);

        Assert.Equal(
            [new RunTime(Id("open"), Noon.AddSeconds(2), null), new RunTime(Id("into"), Noon.AddSeconds(5), Noon.AddSeconds(11))], found);
    }

    [Fact]
    public async Task No_data_closes_the_run_with_the_reason_and_without_metrics()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.SaveMeasurementAsync(Id("t-1"), Measurement.NoData("No series of node 'node-1'."), default);

        var run = await GetAsync("t-1");
        Assert.Equal((RunState.NoData, "No series of node 'node-1'."), Standing(run));
        Assert.Empty(run.Metrics);
        Assert.Empty(await DueAt(1e6));
    }

    [Fact]
    public async Task A_closed_run_keeps_its_first_measurement()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null), default);
        await _store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null), default);
        await _store.PostponeAsync(Id("t-1"), "Too late.", Noon.AddSeconds(100), default);
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));

        var run = await GetAsync("t-1");
        Assert.Equal((RunState.Measured, null), Standing(run));
        Assert.Equal([Cpu], run.Metrics);
        Assert.Equal(1, run.MeasureAttempts);
    }

    [Fact]
    public async Task To_measure_a_run_that_is_unknown_is_misuse_and_writes_nothing()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.SaveMeasurementsAsync(
            [new(Id("t-1"), new Measurement([Cpu], null)), new("nowhere", new Measurement([Cpu], null))], default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.PostponeAsync("nowhere", "Down.", Noon, default));
        Assert.Equal(0, (await GetAsync("t-1")).Revision);
    }

    private async Task<IEnumerable<string>> DueAt(double second, int limit = 10) =>
        (await _store.FindDueAsync(Noon.AddSeconds(second), limit, default)).Select(run => run.TaskId);
}
