using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Windows;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

// A run's figures over time: provisional, final, corrected; and runs that nobody ended.
public abstract partial class RunStoreContract
{
    private static readonly RunSchedule Staged = new()
    {
        SettleDelay = SettleDelay, Provisional = true, CorrectionDelay = TimeSpan.FromMinutes(10), OrphanAfter = TimeSpan.FromHours(1),
    };

    [Fact]
    public async Task Figures_are_provisional_then_final_then_corrected_where_they_differ()
    {
        await UseAsync(Staged);
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        Assert.Equal(["t-1"], await DueAt(20));

        await SaveAsync("t-1", MeasurementStage.Provisional, Cpu with { Integral = 1 });
        var provisional = await GetAsync("t-1");
        Assert.Equal((RunState.Finished, 1, RevisionKind.Provisional), Revision(provisional));
        Assert.Equal(1, Assert.Single(provisional.Metrics).Integral);
        Assert.Empty(await DueAt(49));
        Assert.Equal(["t-1"], await DueAt(50));

        await SaveAsync("t-1", MeasurementStage.Final, Cpu);
        Assert.Equal((RunState.Measured, 2, RevisionKind.Final), Revision(await GetAsync("t-1")));
        Assert.Empty(await DueAt(649));
        Assert.Equal(["t-1"], await DueAt(650));

        await SaveAsync("t-1", MeasurementStage.Correction, Cpu with { Integral = 31 });
        var corrected = await GetAsync("t-1");
        Assert.Equal((RunState.Measured, 3, RevisionKind.Correction), Revision(corrected));
        Assert.Equal(31, Assert.Single(corrected.Metrics).Integral);
        Assert.Empty(await DueAt(1e6));
        Assert.Equal(
            [(1, RevisionKind.Provisional), (2, RevisionKind.Final), (3, RevisionKind.Correction)],
            (await _store.GetRevisionsAsync(Id("t-1"), default)).Select(revision => (revision.Revision, revision.Kind)));
    }

    [Fact]
    public async Task The_same_figures_again_are_no_correction()
    {
        await UseAsync(Staged);
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await SaveAsync("t-1", MeasurementStage.Final, Cpu, Memory);
        await SaveAsync("t-1", MeasurementStage.Correction, Memory, Cpu);

        Assert.Equal((RunState.Measured, 1, RevisionKind.Final), Revision(await GetAsync("t-1")));
        Assert.Empty(await DueAt(1e6));
    }

    [Fact]
    public async Task Nothing_found_neither_corrects_figures_nor_makes_provisional_ones()
    {
        await UseAsync(Staged);
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.SaveMeasurementAsync(Id("t-1"), Measurement.NoData("Not yet.") with { Stage = MeasurementStage.Provisional }, default);
        Assert.Equal((RunState.Finished, 0, null), Revision(await GetAsync("t-1")));

        await SaveAsync("t-1", MeasurementStage.Final, Cpu);
        await _store.SaveMeasurementAsync(Id("t-1"), Measurement.NoData("Too old.") with { Stage = MeasurementStage.Backfill }, default);
        Assert.Equal((RunState.Measured, 1, RevisionKind.Final), Revision(await GetAsync("t-1")));
    }

    [Fact]
    public async Task Measured_by_hand_a_run_without_data_gets_its_figures_and_waits_for_the_same_stage_as_before()
    {
        await UseAsync(Staged);
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _store.SaveMeasurementAsync(Id("t-1"), Measurement.NoData("Nothing."), default);
        await SaveAsync("t-1", MeasurementStage.Backfill, Cpu);

        var run = await GetAsync("t-1");
        Assert.Equal((RunState.Measured, 2, RevisionKind.Correction), Revision(run));
        Assert.Equal((MeasurementStage.Correction, null), (run.NextStage, run.StateReason));
    }

    [Fact]
    public async Task A_measurement_of_other_ends_than_the_run_has_now_changes_nothing()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        var stale = new Measurement([Cpu], null) { Window = new TimeWindow(Noon, Noon.AddSeconds(19)) };

        await _store.SaveMeasurementAsync(Id("t-1"), stale, default);

        Assert.Equal((RunState.Finished, 0, null), Revision(await GetAsync("t-1")));
    }

    [Fact]
    public async Task How_it_was_measured_is_kept_with_the_revision()
    {
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"));
        var explanation = new MeasurementExplanation(
            2,
            [new ExplainedQuery("up{a=\"\\\"\"}", Noon, Noon.AddSeconds(20), 1, 8)],
            [new ExplainedMetric("node.cpu", "measured", "instance \"a\"", ["up"], "joint", 8, 1, null)]);
        await _store.SaveMeasurementAsync(
            Id("t-1"), new Measurement([Cpu], null) { Explanation = explanation, MeasuredAt = Noon.AddSeconds(50) }, default);

        var revision = Assert.Single(await _store.GetRevisionsAsync(Id("t-1"), default));

        Assert.Equal((1, RunState.Measured, Noon.AddSeconds(50)), (revision.Revision, revision.State, revision.MeasuredAt));
        Assert.Equal(explanation.Queries, revision.Explanation!.Queries);
        Assert.Equal(explanation.Metrics[0] with { Selectors = [] }, revision.Explanation.Metrics[0] with { Selectors = [] });
    }

    [Fact]
    public async Task A_run_whose_other_event_does_not_come_is_closed_and_opens_when_it_comes_after_all()
    {
        await UseAsync(Staged);
        await _store.ApplyAsync(Start("t-1"));
        Assert.Empty(await DueAt(3599));
        Assert.Equal(["t-1"], await DueAt(3600));

        await _store.SaveMeasurementAsync(
            Id("t-1"),
            new Measurement([Cpu], null)
            {
                Stage = MeasurementStage.Orphan, Evidence = "pod", Window = new TimeWindow(Noon, Noon.AddSeconds(9)), Remark = "Gone.",
            },
            default);
        var orphan = await GetAsync("t-1");
        Assert.Equal((RunState.Orphaned, 1, RevisionKind.Final), Revision(orphan));
        Assert.Equal((Noon.AddSeconds(9), "pod", "Gone."), (orphan.EvidenceAt, orphan.Evidence, orphan.StateReason));
        Assert.Equal([Cpu], orphan.Metrics);
        Assert.Empty(await DueAt(1e6));

        await _store.ApplyAsync(Finish("t-1"));
        var late = await GetAsync("t-1");
        Assert.Equal((RunState.Finished, 1, null), Revision(late));
        Assert.Empty(late.Metrics);
        await SaveAsync("t-1", MeasurementStage.Final, Memory);
        Assert.Equal((RunState.Measured, 2, RevisionKind.Final), Revision(await GetAsync("t-1")));
    }

    [Fact]
    public async Task All_that_a_measurement_of_any_stage_changes_in_a_run_is_stored_and_nothing_else()
    {
        await UseAsync(Staged);
        await _store.ApplyAsync(Start("t-1"), Finish("t-1"), Start("t-2"));
        foreach (var (task, stage) in new[]
        {
            ("t-1", MeasurementStage.Provisional), ("t-1", MeasurementStage.Final), ("t-1", MeasurementStage.Correction), ("t-2", MeasurementStage.Orphan),
        })
        {
            await _store.PostponeAsync(Id(task), $"Down before {stage}.", Noon.AddSeconds(1), default);
            var other = await GetAsync(task == "t-1" ? "t-2" : "t-1");
            var before = await GetAsync(task);
            var measurement = new Measurement([Cpu with { Integral = (int)stage + 7 }], null)
            {
                Stage = stage, MeasuredAt = Noon.AddSeconds(90 + (int)stage), Evidence = "pod", Remark = "Gone.",
                Window = new TimeWindow(Noon, before.FinishedAt ?? Noon.AddSeconds(9)),
            };
            await _store.SaveMeasurementAsync(Id(task), measurement, default);

            var expected = MeasuredRow.From(before, measurement, Staged)!.Run;
            Assert.Equal(expected with { Metrics = [], Values = [] }, await GetAsync(task) with { Metrics = [], Values = [] });
            Assert.Equal(other with { Metrics = [], Values = [] }, await GetAsync(other.TaskId) with { Metrics = [], Values = [] });
        }
    }

    [Fact]
    public async Task Attempts_on_other_nodes_are_runs_of_their_own()
    {
        await _store.ApplyAsync(Start("t-1"));
        await _store.ApplyAsync(
            Start("t-1", 10) with { EventId = "again", Node = "node-2" }, Finish("t-1", 30) with { Node = "node-2" });

        var runs = await _store.FindAsync(new RunFilter { TaskId = "t-1" }, default);
        Assert.Equal(
            [("node-2", RunState.Finished), ("node-1", RunState.Open)], runs.Select(run => (run.Node!, run.State)));
        Assert.Empty(await _store.FindDeadLettersAsync(1, default));
    }

    [Fact]
    public async Task Runs_are_summed_up_by_key_with_bounds()
    {
        await _store.ApplyAsync(
            Start("a"), Finish("a"), Start("b", 1), Finish("b"), Start("c", 86400) with { UserId = null }, Finish("c", 86410), Start("d"));
        await _store.SaveMeasurementAsync(Id("a"), new Measurement([Cpu], null) { Values = [CpuOwn with { Hi = 21 }] }, default);
        await _store.SaveMeasurementAsync(Id("b"), new Measurement([Cpu], null) { Values = [CpuOwn with { Hi = 22 }, NoDisk] }, default);
        await _store.SaveMeasurementAsync(Id("c"), new Measurement([Cpu], null) { Values = [CpuOwn] }, default);

        var byUser = await _store.AggregateAsync(new RunAggregateQuery([RunAggregateKey.User], new RunFilter()), default);
        var byDay = await _store.AggregateAsync(
            new RunAggregateQuery([RunAggregateKey.Day, RunAggregateKey.Node], new RunFilter { UserId = "ann" }), default);

        Assert.Equal([(null, 1L, 1L, 10.0), ("ann", 3L, 2L, 39.0)], byUser.Select(one => (one.Key[0], one.Runs, one.Measured, one.Seconds)));
        Assert.Equal(new RunSum("node.cpu", "own", "core-seconds", 1, 20, 18.5, null), Assert.Single(byUser[0].Sums));
        Assert.Equal(new RunSum("node.cpu", "own", "core-seconds", 2, 40, 37, 43), Assert.Single(byUser[1].Sums));
        Assert.Equal(["2026-08-01", "node-1"], Assert.Single(byDay).Key);
    }

    private static (RunState, int, RevisionKind?) Revision(Run run) => (run.State, run.Revision, run.RevisionKind);

    private async Task UseAsync(RunSchedule schedule)
    {
        (_store as IDisposable)?.Dispose();
        _store = await CreateAsync(schedule);
    }

    private Task SaveAsync(string taskId, MeasurementStage stage, params MetricSummary[] metrics) =>
        _store.SaveMeasurementAsync(Id(taskId), new Measurement(metrics, null) { Stage = stage }, default);
}
