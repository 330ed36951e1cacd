using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.IntegrationTests.Prometheus;

namespace Telemetry.WindowBenchmark;

/// <summary>
/// How many runs are measured in a second by the whole measuring part, with the shipped catalog, a real Prometheus and a store
/// file; and the memory it takes, with other runs open.
/// </summary>
internal static class ThroughputRun
{
    private const int Nodes = 40;
    private const int OpenNodes = 1000;
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task MeasureAsync(int runs, int open)
    {
        var history = new PrometheusHistory(Origin, Origin.AddHours(2));
        for (var node = 0; node < Nodes; node++)
        {
            history.AddNode($"node-{node}", TimeSpan.FromSeconds(15))
                .Cpu(0, "user", RateHistory.Constant(0.5)).Cpu(0, "system", RateHistory.Constant(0.1))
                .Cpu(1, "user", RateHistory.Constant(0.4)).Cpu(1, "system", RateHistory.Constant(0.1))
                .Memory(8e9, _ => 3e9).Network("eth0", RateHistory.Constant(1000), RateHistory.Constant(50));
        }

        await using var server = await PrometheusServer.StartAsync(history);
        var directory = Directory.CreateTempSubdirectory("throughput-").FullName;
        try
        {
            using var store = DuckDbRunStore.Open(
                Path.Combine(directory, "store.duckdb"), new RunSchedule { SettleDelay = TimeSpan.Zero, OrphanAfter = TimeSpan.FromDays(3650) });
            await FillAsync(store, runs, open);
            await RunAsync(server.Url, store, runs, open);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task RunAsync(string url, DuckDbRunStore store, int runs, int open)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PROMETHEUS_URL"] = url,
            ["Collector:Measuring:SettleDelay"] = "00:00:00",
            ["Collector:Measuring:CorrectionDelay"] = "00:00:00",
        }).Build();
        await using var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddSingleton<IRunStore>(store).AddPrometheus(configuration).AddMeasuring(configuration).BuildServiceProvider();
        var measurer = services.GetServices<IHostedService>().OfType<RunMeasurer>().Single();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var watch = Stopwatch.StartNew();
        await measurer.StartAsync(CancellationToken.None);
        while ((await store.CountAsync(CancellationToken.None)).Runs[RunState.Measured] < runs)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            await Task.Delay(200);
        }

        watch.Stop();
        await measurer.StopAsync(CancellationToken.None);
        var left = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {runs} | {open} | {watch.Elapsed.TotalSeconds:0.0} s | {runs / watch.Elapsed.TotalSeconds:0} | {heap / 1e6:0.0} MB | {peak / 1e6:0} MB | {left / 1e6:0.0} MB |"));
    }

    private static async Task FillAsync(DuckDbRunStore store, int runs, int open)
    {
        var random = new Random(1);
        var events = Enumerable.Range(0, runs).SelectMany(i =>
        {
            var start = Origin.AddSeconds(300 + 6300 * random.NextDouble());
            var length = 1 * Math.Pow(120, random.NextDouble());
            return new[]
            {
                Event($"task-{i}", RunBoundary.Start, start, $"node-{i % Nodes}"), Event($"task-{i}", RunBoundary.Finish, start.AddSeconds(length), null),
            };
        }).Concat(Enumerable.Range(0, open).Select(i => Event($"open-{i}", RunBoundary.Start, Origin.AddSeconds(i % 7200), $"open-{i % OpenNodes}")));
        foreach (var batch in events.Chunk(10_000))
            await store.ApplyAsync([.. batch.Select(one => new ConsumedRunEvent(one, "xumi_task", 0, 0, Origin, default))], [], CancellationToken.None);
    }

    private static RunEvent Event(string task, RunBoundary boundary, DateTimeOffset time, string? node) => new()
    {
        EventId = $"{task}-{boundary}", Kind = RunKind.Task, Boundary = boundary, TaskId = task, Time = time, UserId = "ann", Node = node,
    };
}
