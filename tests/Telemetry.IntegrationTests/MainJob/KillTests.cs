using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.ClickHouse;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.Events.Testing;
using Telemetry.IntegrationTests.Prometheus;
using Telemetry.Tests.Shared;
using Xunit.Abstractions;

namespace Telemetry.IntegrationTests.MainJob;

/// <summary>
/// The Collector is killed again and again while runs go through it: every run is measured, and none twice. A few cycles by
/// default; TELEMETRY_KILL_CYCLES and TELEMETRY_KILL_RUNS make it long (docs/collector.md).
/// </summary>
[Trait("Category", "Integration")]
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Nodes = 20;
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly int _cycles = Setting("TELEMETRY_KILL_CYCLES", 5);
    private readonly int _runs = Setting("TELEMETRY_KILL_RUNS", 500);
    private readonly string _directory = Directory.CreateTempSubdirectory("kill-").FullName;
    private readonly Random _random = new(1);
    private EmbeddedKafkaCluster _kafka = null!;
    private PrometheusServer _prometheus = null!;
    private ClickHouseServer? _clickHouse;

    public async Task InitializeAsync()
    {
        _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            Topics = [new EmbeddedKafkaTopic("xumi_load", 1), new EmbeddedKafkaTopic("xumi_task", 6)],
        });
        var history = new PrometheusHistory(Origin, Origin.AddSeconds(300));
        for (var node = 0; node < Nodes; node++)
            history.AddNode($"node-{node}", TimeSpan.FromSeconds(5)).Cpu(0, "user", RateHistory.Constant(0.5));
        _prometheus = await PrometheusServer.StartAsync(history);
    }

    public async Task DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        await _kafka.DisposeAsync();
        if (_clickHouse is not null)
            await _clickHouse.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(StorageMode.DuckDb)]
    [InlineData(StorageMode.ClickHouse)]
    public async Task Killed_at_any_moment_it_measures_every_run_once(StorageMode mode)
    {
        if (mode is StorageMode.ClickHouse)
            _clickHouse = await ClickHouseServer.StartAsync();
        var watch = Stopwatch.StartNew();
        // ClickHouse may have several Collectors: this one lives through the others' crashes, and through the server's.
        using var survivor = mode is StorageMode.ClickHouse ? Launch() : null;
        using (var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = _kafka.BootstrapServers }).Build())
        {
            var sent = 0;
            for (var cycle = 1; cycle <= _cycles; cycle++)
            {
                using var collector = Launch();
                for (var upTo = _runs * (long)cycle / _cycles; sent < upTo; sent++)
                    Send(producer, sent);
                producer.Flush(Patience);
                // From before its first line to well into its work.
                await Task.Delay(TimeSpan.FromSeconds(0.3 + 4.5 * _random.NextDouble()));
                await collector.KillAsync();
                // The store has its crash, too.
                if (_clickHouse is { CanBeKilled: true } && cycle == (_cycles + 1) / 2)
                {
                    await _clickHouse.KillAsync();
                    await Task.Delay(TimeSpan.FromSeconds(2));
                    await _clickHouse.RestartAsync();
                }
            }
        }

        var killed = watch.Elapsed;
        using (var last = Launch())
        {
            await UntilMeasuredAsync(await last.AddressAsync());
            await last.KillAsync();
        }

        if (survivor is not null)
            await survivor.KillAsync();

        await CheckAsync();
        output.WriteLine($"{mode}: {_cycles} kills in {killed}, {_runs} runs sent and measured, none twice; all in {watch.Elapsed}.");
    }

    private string Store => Path.Combine(_directory, "store.duckdb");

    private ClickHouseOptions ClickHouse { get; } = new() { Database = $"kill_{Guid.NewGuid():N}"[..16] };

    private async Task CheckAsync()
    {
        var schedule = new RunSchedule { SettleDelay = TimeSpan.Zero };
        ClickHouse.Url = _clickHouse?.Url;
        using var database = _clickHouse is null ? null : new ClickHouseDatabase(Options.Create(ClickHouse));
        using var tables = database is null ? null : new ClickHouseTables(database, [], NullLogger<ClickHouseTables>.Instance);
        using var opened = (IDisposable)(tables is null ? DuckDbRunStore.Open(Store, schedule) : new ClickHouseRunStore(tables, schedule));
        var store = (IRunStore)opened;
        var counts = await store.CountAsync(CancellationToken.None);
        Assert.Equal((_runs, 0L), (counts.Runs[RunState.Measured], counts.DeadLetters));
        Assert.Equal(_runs, counts.Runs.Values.Sum());
        var all = Assert.Single(await store.AggregateAsync(new RunAggregateQuery([RunAggregateKey.Day], new RunFilter()), CancellationToken.None));
        // A run that was measured twice would have its figures twice. Runs that overlap are told apart within a percent here.
        var cpu = all.Sums.Single(sum => sum is { Metric: "node.cpu", Aggregation: "integral" });
        Assert.Equal(_runs, cpu.Runs);
        Assert.Equal(all.Seconds * 0.5, cpu.Value, all.Seconds * 0.005);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        while (await store.FindMeasuredAsync(Origin, Origin.AddDays(1), after, 1000, CancellationToken.None) is { Count: > 0 } page)
        {
            after = page[^1].Id;
            Assert.All(page, run => Assert.Equal((1, RevisionKind.Final), (run.Revision, run.RevisionKind)));
            Assert.All(page, run => Assert.True(seen.Add(run.TaskId), $"{run.TaskId} has two runs."));
        }

        Assert.Equal(_runs, seen.Count);
        if (database is not null && _clickHouse!.CanBeKilled is false)
            await database.ExecuteAsync($"DROP DATABASE {database.Name}", CancellationToken.None);
    }

    private CollectorProcess Launch() => CollectorProcess.Launch([
        // The killed member leaves the group when its session has run out: keep that short.
        "--Collector:Kafka:ConnectionString", $"kafka://{_kafka.BootstrapServers}?session.timeout.ms=1000&heartbeat.interval.ms=200",
        "--Collector:Prometheus:Url", _prometheus.Url,
        "--Collector:Prometheus:ScrapeInterval", "00:00:05",
        "--Collector:Measuring:SettleDelay", "00:00:00",
        "--Collector:Measuring:CorrectionDelay", "00:00:00",
        "--Collector:Measuring:PollInterval", "00:00:00.05",
        .. _clickHouse is null
            ? (string[])["--Collector:Storage:Mode", nameof(StorageMode.DuckDb), "--Collector:Storage:Path", Store]
            :
            [
                "--Collector:ClickHouse:Url", _clickHouse.Url, "--Collector:ClickHouse:Database", ClickHouse.Database,
                "--Collector:Storage:Mode", nameof(StorageMode.ClickHouse), "--Collector:DirectTopics:Mode", "Off",
            ],
        "--Logging:LogLevel:Telemetry", "Warning",
    ]);

    private void Send(IProducer<string, string> producer, int number)
    {
        var start = Origin.AddSeconds(30 + 200 * _random.NextDouble());
        var finish = start.AddSeconds(1 + 20 * _random.NextDouble());
        foreach (var (type, time) in new[] { ("start", start), ("finish", finish) })
        {
            producer.Produce("xumi_task", new Message<string, string>
            {
                Key = $"task-{number}",
                Value = $$"""
                    {"specversion":"1.0","id":"{{type}}-{{number}}","source":"/kill","type":"xumi.task.run.{{type}}","time":"{{time:O}}",
                    "data":{"task_id":"task-{{number}}","user_id":"user-{{number % 7}}","node":"node-{{number % Nodes}}"} }
                    """,
            });
        }
    }

    private async Task UntilMeasuredAsync(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await client.GetFromJsonAsync<JsonElement>("/v1/aggregates?by=day", deadline.Token);
            if (answer.GetProperty("aggregates").EnumerateArray().Sum(one => one.GetProperty("measured").GetInt64()) == _runs)
                return;
            await Task.Delay(100, deadline.Token);
        }
    }

    private static int Setting(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
