using Telemetry.Collector.Backfill;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.IntegrationTests.Prometheus;

namespace Telemetry.IntegrationTests.MainJob;

/// <summary>Runs that are stored already are measured again, on a real Prometheus and a real store file.</summary>
[Trait("Category", "Integration")]
public sealed class BackfillTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("backfill-").FullName;
    private PrometheusServer _prometheus = null!;

    public async Task InitializeAsync()
    {
        var history = new PrometheusHistory(Origin, Origin.AddSeconds(300));
        history.AddNode("node-1", TimeSpan.FromSeconds(1)).Cpu(0, "user", RateHistory.Constant(0.5));
        _prometheus = await PrometheusServer.StartAsync(history);
    }

    public async Task DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task What_Prometheus_has_now_replaces_what_was_missing_and_what_it_has_lost_stays()
    {
        using (var store = Open())
        {
            await store.ApplyAsync([.. Events("late", "node-1", 100), .. Events("kept", "node-9", 100), .. Events("before", "node-1", 0)], [], default);
            await store.SaveMeasurementAsync(Id("late"), Measurement.NoData("Prometheus had nothing."), default);
            await store.SaveMeasurementAsync(Id("before"), Measurement.NoData("Prometheus had nothing."), default);
            await store.SaveMeasurementAsync(Id("kept"), new Measurement([new("node.cpu", "cores", "core-seconds", 1, 1, 1, 1, 10, 4)], null), default);
        }

        Assert.Equal("3 runs measured again, 2 revised, 0 without an answer.", await MeasureAsync("2026-03-01T12:00:00Z"));
        Assert.Equal("3 runs measured again, 0 revised, 0 without an answer.", await MeasureAsync("2026-03-01T12:00:00Z"));
        Assert.Equal("2 runs measured again, 0 revised, 0 without an answer.", await MeasureAsync("2026-03-01T12:00:01Z"));

        using var after = Open();
        var late = (await after.GetAsync(Id("late"), default))!;
        Assert.Equal((RunState.Measured, 2, RevisionKind.Correction), (late.State, late.Revision, late.RevisionKind));
        Assert.Equal(5, Assert.Single(late.Metrics).Integral, 1e-9);
        var kept = (await after.GetAsync(Id("kept"), default))!;
        Assert.Equal((RunState.Measured, 1), (kept.State, kept.Revision));
        Assert.Equal(2, (await after.GetRevisionsAsync(Id("late"), default)).Count);
    }

    private static string Id(string task) => RunId.For(RunKind.Task, task, $"{task}-start");

    private static IEnumerable<ConsumedRunEvent> Events(string task, string node, double start)
    {
        var begin = new RunEvent
        {
            EventId = $"{task}-start", Kind = RunKind.Task, Boundary = RunBoundary.Start, TaskId = task, Time = Origin.AddSeconds(start), Node = node,
        };
        foreach (var one in new[]
        {
            begin, begin with { EventId = $"{task}-finish", Boundary = RunBoundary.Finish, Time = Origin.AddSeconds(start + 10) },
        })
            yield return new ConsumedRunEvent(one, "xumi_task", 0, 0, Origin, default);
    }

    private DuckDbRunStore Open() =>
        DuckDbRunStore.Open(Path.Combine(_directory, "store.duckdb"), new RunSchedule { SettleDelay = TimeSpan.Zero });

    private async Task<string> MeasureAsync(string from)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await BackfillCommand.RunAsync(
            [
                "--from", from, "--to", "2026-03-02T00:00:00Z", "--Collector:Storage:Path", Path.Combine(_directory, "store.duckdb"),
                "--Collector:Prometheus:Url", _prometheus.Url, "--Collector:Prometheus:ScrapeInterval", "00:00:01",
            ],
            output, error);
        Assert.Equal((0, ""), (exitCode, error.ToString()));
        return output.ToString().TrimEnd();
    }
}
