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
/// file; the processor time that this takes in both processes, which a busy machine changes less than the rate; and the memory, with
/// other runs open.
/// </summary>
internal static class ThroughputRun
{
    private const int Nodes = 40;
    private const int OpenNodes = 1000;
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <param name="runs">How many are measured.</param>
    /// <param name="open">How many others are open meanwhile, on other nodes.</param>
    /// <param name="perSecond">How many finish in a second, written to the store beside the measuring; null for all before it.</param>
    public static async Task MeasureAsync(int runs, int open, int? perSecond)
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
            await WriteAsync(store, Enumerable.Range(0, open).Select(i => Event($"open-{i}", RunBoundary.Start, Origin.AddSeconds(i % 7200), $"open-{i % OpenNodes}")));
            if (perSecond is null)
                await WriteAsync(store, Runs(runs).SelectMany(run => run));
            await RunAsync(server, store, runs, open, perSecond);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task RunAsync(PrometheusServer server, DuckDbRunStore store, int runs, int open, int? perSecond)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PROMETHEUS_URL"] = server.Url,
            ["Collector:Measuring:SettleDelay"] = "00:00:00",
            ["Collector:Measuring:CorrectionDelay"] = "00:00:00",
        }).Build();
        await using var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddSingleton<IRunStore>(store).AddPrometheus(configuration).AddMeasuring(configuration).BuildServiceProvider();
        var measurer = services.GetServices<IHostedService>().OfType<RunMeasurer>().Single();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var (own, others) = (Environment.CpuUsage.TotalTime, server.ProcessorTime);
        var watch = Stopwatch.StartNew();
        await measurer.StartAsync(CancellationToken.None);
        var arriving = perSecond is { } rate ? ArriveAsync(store, runs, rate) : Task.CompletedTask;
        while ((await store.CountAsync(CancellationToken.None)).Runs[RunState.Measured] < runs)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
            await Task.Delay(200);
        }

        watch.Stop();
        await arriving;
        (own, others) = (Environment.CpuUsage.TotalTime - own, server.ProcessorTime - others);
        await measurer.StopAsync(CancellationToken.None);
        var left = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {runs} | {(perSecond is null ? "at once" : $"{perSecond} a second")} | {open} | {watch.Elapsed.TotalSeconds:0.0} s | {runs / watch.Elapsed.TotalSeconds:0} " +
            $"| {own.TotalMilliseconds / runs:0.0} ms | {others.TotalMilliseconds / runs:0.0} ms | {(own + others).TotalMilliseconds / runs:0.0} ms " +
            $"| {heap / 1e6:0.0} MB | {peak / 1e6:0} MB | {left / 1e6:0.0} MB |"));
    }

    /// <summary>As the consumer does it: whatever came while the last batch was written is the next one.</summary>
    private static async Task ArriveAsync(DuckDbRunStore store, int runs, int perSecond)
    {
        var finished = Runs(runs).OrderBy(run => run[1].Time).ToArray();
        using var timer = new PeriodicTimer(Beat);
        var watch = Stopwatch.StartNew();
        for (var written = 0; written < runs;)
        {
            await timer.WaitForNextTickAsync();
            var come = Math.Min(runs, (int)(perSecond * watch.Elapsed.TotalSeconds));
            await WriteAsync(store, finished[written..come].SelectMany(run => run));
            written = come;
        }
    }

    /// <summary>Start and finish of each.</summary>
    private static IEnumerable<RunEvent[]> Runs(int runs)
    {
        var random = new Random(1);
        return Enumerable.Range(0, runs).Select(i =>
        {
            var start = Origin.AddSeconds(300 + 6300 * random.NextDouble());
            var length = 1 * Math.Pow(120, random.NextDouble());
            return new[]
            {
                Event($"task-{i}", RunBoundary.Start, start, $"node-{i % Nodes}"), Event($"task-{i}", RunBoundary.Finish, start.AddSeconds(length), null),
            };
        });
    }

    private static async Task WriteAsync(DuckDbRunStore store, IEnumerable<RunEvent> events)
    {
        foreach (var batch in events.Chunk(10_000))
            await store.ApplyAsync([.. batch.Select(one => new ConsumedRunEvent(one, "xumi_task", 0, 0, Origin, default))], [], CancellationToken.None);
    }

    private static RunEvent Event(string task, RunBoundary boundary, DateTimeOffset time, string? node) => new()
    {
        EventId = $"{task}-{boundary}", Kind = RunKind.Task, Boundary = boundary, TaskId = task, Time = time, UserId = "ann", Node = node,
    };
}
