using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Tests.Measuring;

public class DueRunsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MeasuringOptions Options = new();
    private static readonly HashSet<string> None = [];

    private readonly InMemoryRunStore _store = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly DueRuns _due;

    public DueRunsTests() => _due = new DueRuns(
        _store, TimeSpan.FromMinutes(4), new OptionsWrapper<MeasuringOptions>(Options), new OptionsWrapper<PrometheusOptions>(new()), _time);

    [Fact]
    public async Task What_comes_up_within_an_interval_is_taken_together_at_its_end()
    {
        Add("a");
        await _due.LookAsync(None, default);
        Assert.Equal("a", Taken());

        Add("b");
        _time.Advance(Options.PollInterval / 2);
        Add("c");
        await _due.LookAsync(new HashSet<string> { "a" }, default);
        Assert.Null(_due.Take());
        Assert.Equal(Options.PollInterval / 2, _due.UntilNextLook);

        _time.Advance(Options.PollInterval / 2);
        await _due.LookAsync(new HashSet<string> { "a" }, default);
        Assert.Equal("b c", Taken());
        Assert.Null(_due.Take());
    }

    [Fact]
    public async Task Where_more_are_due_than_are_taken_at_once_the_rest_follow_without_a_wait()
    {
        Add([.. Enumerable.Range(0, DueRuns.MostAtOnce + 1).Select(i => $"{i:0000}")]);
        await _due.LookAsync(None, default);
        Assert.Equal(DueRuns.MostAtOnce, _due.Count);
        var first = Enumerable.Range(0, DueRuns.MostAtOnce / RunBatch.MostRuns).SelectMany(_ => _due.Take()!.Runs).Select(run => run.Id).ToHashSet();

        Assert.Equal(TimeSpan.Zero, _due.UntilNextLook);
        await _due.LookAsync(first, default);

        Assert.Equal($"{DueRuns.MostAtOnce:0000}", Taken());
        Assert.Equal(Options.PollInterval, _due.UntilNextLook);
    }

    [Fact]
    public async Task While_some_wait_the_store_is_left_alone()
    {
        Add("a");
        await _due.LookAsync(None, default);
        _time.Advance(Options.PollInterval);
        _store.FailNext(1);

        await _due.LookAsync(None, default);

        Assert.Equal(0, _store.Failures);
        Assert.Equal("a", Taken());
    }

    [Fact]
    public async Task Store_that_fails_is_asked_again_an_interval_later()
    {
        Add("a");
        _store.FailNext(1);
        await Assert.ThrowsAsync<IOException>(() => _due.LookAsync(None, default));
        Assert.Equal(Options.PollInterval, _due.UntilNextLook);

        _time.Advance(Options.PollInterval);
        await _due.LookAsync(None, default);

        Assert.Equal("a", Taken());
    }

    private string? Taken() => _due.Take() is { } batch ? string.Join(' ', batch.Runs.Select(run => run.Id)) : null;

    private void Add(params string[] ids)
    {
        foreach (var id in ids)
        {
            _store.Add(new Run
            {
                Id = id,
                Kind = RunKind.Task,
                TaskId = id,
                State = RunState.Finished,
                Node = "node-1",
                StartedAt = Now.AddMinutes(-2),
                FinishedAt = Now.AddMinutes(-1),
                NextStage = MeasurementStage.Final,
            });
        }
    }
}
