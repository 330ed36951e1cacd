using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Tests.Measuring;

public class RunBatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Span = TimeSpan.FromHours(2);

    [Fact]
    public void Runs_of_a_node_that_are_close_are_measured_together() =>
        Assert.Equal(["a c", "b"], Batches(Run("a", "n1", 0, 10), Run("b", "n2", 0, 10), Run("c", "n1", 60, 70)));

    [Fact]
    public void Runs_too_far_apart_for_one_query_are_not() =>
        Assert.Equal(["a b", "c"], Batches(Run("a", "n", 0, 10), Run("b", "n", 6719, 6720), Run("c", "n", 6719, 6721)));

    [Fact]
    public void A_run_longer_than_a_query_stands_alone() =>
        Assert.Equal(["a", "b"], Batches(Run("a", "n", 0, 100_000), Run("b", "n", 50, 60)));

    [Fact]
    public void What_has_no_window_or_no_node_stands_alone() =>
        Assert.Equal(["a", "b"], Batches(Run("a", "n", 0, 10) with { FinishedAt = null }, Run("b", "", 0, 10)));

    [Fact]
    public void A_batch_has_its_bounds() => Assert.Equal(
        [RunBatch.MostRuns, RunBatch.MostRuns, 2],
        RunBatch.Of(Enumerable.Range(0, 2 * RunBatch.MostRuns + 2).Select(i => Run($"{i}", "n", i, i + 1)), Reach, Span)
            .Select(batch => batch.Runs.Count));

    private static IEnumerable<string> Batches(params Run[] due) =>
        RunBatch.Of(due, Reach, Span).Select(batch => string.Join(' ', batch.Runs.Select(run => run.Id)));

    private static Run Run(string id, string node, double start, double finish) => new()
    {
        Id = id,
        Kind = RunKind.Task,
        TaskId = id,
        State = RunState.Finished,
        Node = node,
        StartedAt = Noon.AddSeconds(start),
        FinishedAt = Noon.AddSeconds(finish),
    };
}
