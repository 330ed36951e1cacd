using System.Net;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.IntegrationTests.Prometheus;

namespace Telemetry.IntegrationTests.MainJob;

/// <summary>
/// The main job on real parts: the SDK publishes over Kafka, the Collector hears it, asks a real Prometheus with known history about
/// exactly that time, and the answer stands in DuckDB and on the endpoint.
/// </summary>
[Trait("Category", "Integration")]
public sealed class MainJobTests : IAsyncLifetime
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("main-job-").FullName;
    private readonly SetClock _producerTime = new(Origin);
    private EmbeddedKafkaCluster _kafka = null!;
    private PrometheusServer _prometheus = null!;
    private IHost _producer = null!;

    public async Task InitializeAsync()
    {
        _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            Topics = [new EmbeddedKafkaTopic("xumi_load", 2), new EmbeddedKafkaTopic("xumi_task", 3)],
        });

        // A quarter core of background; one core more while weights load (5 s), two more while the task computes (10 s).
        var history = new PrometheusHistory(Origin, Origin.AddSeconds(300));
        history.AddNode("node-1", TimeSpan.FromSeconds(1))
            .Cpu(0, "user", RateHistory.Constant(0.25).Plus(1, At(100), At(105)).Plus(2, At(110), At(120)))
            .Cpu(0, "idle", RateHistory.Constant(0.75))
            .Memory(1024 * Mebibyte, moment => Mebibyte * (moment < At(105) ? 100 : moment <= At(120) ? 600 : 200))
            .Network("eth0", RateHistory.Constant(1000), RateHistory.Constant(50));
        _prometheus = await PrometheusServer.StartAsync(history);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "main-job" });
        builder.Services.AddSingleton<TimeProvider>(_producerTime);
        builder.Services.AddTelemetryEvents(options => options.Context.VmType = "NV6").AddKafka(options => options.ConnectionString = _kafka.BootstrapServers);
        _producer = builder.Build();
        await _producer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _producer.StopAsync();
        _producer.Dispose();
        await _prometheus.DisposeAsync();
        await _kafka.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_process_is_measured_in_exactly_its_own_time()
    {
        // Its look for late samples is due at once, and would count itself between two reads.
        await using var collector = await StartCollectorAsync("--Collector:Measuring:CorrectionDelay", "00:00:00");
        await PublishAsync(100, new WeightsLoadStart("task-1", "user-1", "model-1", "node-1", 1_000_000));
        await PublishAsync(105, new WeightsLoadFinish("task-1", "user-1", "model-1", "node-1", 1_000_000, "succeeded"));
        await PublishAsync(110, new TaskRunStart("task-1", "user-1", "model-1", "node-1"));
        await PublishAsync(120, new TaskRunFinish("task-1", "user-1", "model-1", "node-1", "failed", "out of memory"));

        var load = await collector.RunAsync("task-1", "load", "measured");
        var task = await collector.RunAsync("task-1", "task", "measured");

        AssertMetric(load, "node.cpu", "cores", "core-seconds", min: 1.25, max: 1.25, average: 1.25, p95: 1.25, integral: 6.25);
        AssertMetric(task, "node.cpu", "cores", "core-seconds", min: 2.25, max: 2.25, average: 2.25, p95: 2.25, integral: 22.5);
        AssertMetric(
            task, "node.memory.used", "bytes", "byte-seconds",
            600 * Mebibyte, 600 * Mebibyte, 600 * Mebibyte, 600 * Mebibyte, 6000 * Mebibyte);
        AssertMetric(task, "node.network.receive", "bytes-per-second", "bytes", 1000, 1000, 1000, 1000, 10_000);
        AssertMetric(task, "node.network.transmit", "bytes-per-second", "bytes", 50, 50, 50, 50, 500);
        Assert.Equal(
            ("user-1", "model-1", "node-1", "NV6", "failed", "out of memory", 10.0, At(110).UtcDateTime),
            (Text(task, "user_id"), Text(task, "model"), Text(task, "node"), Text(task, "vm_type"), Text(task, "outcome"), Text(task, "error"),
                task.GetProperty("duration_seconds").GetDouble(), task.GetProperty("started_at").GetDateTime()));

        var byId = JsonDocument.Parse(await collector.Client.GetStringAsync($"/v1/runs/{Text(task, "id")}")).RootElement;
        Assert.Equal(task.GetRawText(), byId.GetRawText());
        (await collector.ReadyAsync()).Dispose();
    }

    [Fact]
    public async Task What_cannot_be_measured_is_open_or_no_data_and_never_zeros()
    {
        await using var collector = await StartCollectorAsync();
        await PublishAsync(110, new TaskRunStart("unfinished", "user-1", "model-1", "node-1"));
        await PublishAsync(110, new TaskRunStart("elsewhere", "user-2", "model-1", "node-9"));
        await PublishAsync(120, new TaskRunFinish("elsewhere", "user-2", "model-1", "node-9", "succeeded"));

        var elsewhere = await collector.RunAsync("elsewhere", "task", "no_data");
        var unfinished = await collector.RunAsync("unfinished", "task", "open");

        Assert.Contains("node_uname_info{nodename=\"node-9\"}", Text(elsewhere, "state_reason"), StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.GetProperty("metrics").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, unfinished.GetProperty("finished_at").ValueKind);

        Assert.Equal(["elsewhere"], (await collector.RunsAsync("user=user-2")).Select(run => Text(run, "task_id")));
        Assert.Equal(["unfinished"], (await collector.RunsAsync("state=open")).Select(run => Text(run, "task_id")));
        Assert.Empty(await collector.RunsAsync("from=2026-03-01T12:02:00Z"));
    }

    [Fact]
    public async Task A_record_that_is_no_event_is_kept_with_its_reason_and_reading_goes_on()
    {
        await using var collector = await StartCollectorAsync();
        using (var raw = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = _kafka.BootstrapServers }).Build())
        {
            await raw.ProduceAsync("xumi_task", new Message<Null, string> { Value = "this is no JSON" });
            await raw.ProduceAsync("xumi_task", new Message<Null, string>
            {
                Value = """{"specversion":"1.0","id":"1","source":"/x","type":"Xumi.Task","time":"2026-03-01T12:00:00Z","data":{}}""",
            });
            await raw.ProduceAsync("xumi_task", new Message<Null, string>
            {
                Value = $$"""
                    {"specversion":"1.0","id":"2","source":"/x","type":"xumi.task.run.start","time":"{{DateTimeOffset.UtcNow.AddMinutes(10):O}}",
                    "data":{"task_id":"early","user_id":"ann","node":"node-1"} }
                    """,
            });
        }

        await PublishAsync(110, new TaskRunStart("after", "user-1", "model-1", "node-1"));
        await PublishAsync(120, new TaskRunFinish("after", "user-1", "model-1", "node-1", "succeeded"));

        await collector.RunAsync("after", "task", "measured");
        var letters = await collector.DeadLettersAsync(3);
        var notJson = letters.Single(letter => Text(letter, "raw_text") == "this is no JSON");
        Assert.Equal("xumi_task", Text(notJson, "topic"));
        Assert.Equal("The record is not JSON (line 1, byte 2); an event is a CloudEvents 1.0 JSON object.", Text(notJson, "reason"));
        Assert.Contains(letters, letter => Text(letter, "reason")!.StartsWith("The event type 'Xumi.Task' starts or finishes no run", StringComparison.Ordinal));
        Assert.Contains(letters, letter => Text(letter, "reason")!.Contains("s ahead of the Collector's clock; 60 s is the most", StringComparison.Ordinal));
        Assert.Empty(await collector.RunsAsync("task=early"));
        Assert.Contains("telemetry_collector", await collector.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Prometheus_is_down_the_run_waits_with_the_reason_and_is_measured_afterwards()
    {
        await _prometheus.StopAsync();
        await using var collector = await StartCollectorAsync();
        await PublishAsync(110, new TaskRunStart("patient", "user-1", "model-1", "node-1"));
        await PublishAsync(120, new TaskRunFinish("patient", "user-1", "model-1", "node-1", "succeeded"));

        var waiting = await collector.RunAsync("patient", "task", run =>
            Text(run, "state") == "finished" && run.GetProperty("measure_attempts").GetInt32() > 0);
        Assert.Contains(_prometheus.Url, Text(waiting, "state_reason"), StringComparison.Ordinal);

        await _prometheus.RestartAsync();
        var measured = await collector.RunAsync("patient", "task", "measured");
        AssertMetric(measured, "node.cpu", "cores", "core-seconds", 2.25, 2.25, 2.25, 2.25, 22.5);
        Assert.Equal(JsonValueKind.Null, measured.GetProperty("state_reason").ValueKind);
    }

    [Fact]
    public async Task A_restart_between_start_and_finish_changes_nothing()
    {
        await using (var first = await StartCollectorAsync())
        {
            await PublishAsync(110, new TaskRunStart("long", "user-1", "model-1", "node-1"));
            await first.RunAsync("long", "task", "open");
        }

        await PublishAsync(120, new TaskRunFinish("long", "user-1", "model-1", "node-1", "succeeded"));
        await using var second = await StartCollectorAsync();

        var measured = await second.RunAsync("long", "task", "measured");
        AssertMetric(measured, "node.cpu", "cores", "core-seconds", 2.25, 2.25, 2.25, 2.25, 22.5);
        Assert.Equal("user-1", Text(measured, "user_id"));
        await second.DeadLettersAsync(0);
    }

    [Theory]
    [InlineData("state=running", "open, finished, measured, no_data, orphaned")]
    [InlineData("limit=0", "limit")]
    [InlineData("from=yesterday", "from")]
    public async Task A_wrong_query_gets_a_sentence(string query, string expected)
    {
        await using var collector = await StartCollectorAsync();

        using var response = await collector.Client.GetAsync($"/v1/runs?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static DateTimeOffset At(double seconds) => Origin.AddSeconds(seconds);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static void AssertMetric(
        JsonElement run, string name, string unit, string integralUnit, double min, double max, double average, double p95, double integral)
    {
        var metric = run.GetProperty("metrics").EnumerateArray().Single(metric => Text(metric, "name") == name);
        Assert.Equal((unit, integralUnit), (Text(metric, "unit"), Text(metric, "integral_unit")));
        foreach (var (member, expected) in new[] { ("min", min), ("max", max), ("avg", average), ("p95", p95), ("integral", integral) })
            Assert.Equal(1, metric.GetProperty(member).GetDouble() / expected, 1e-9);
    }

    // On the day of the history: a run without its finish is open still, and no orphan.
    private Task<CollectorInstance> StartCollectorAsync(params string[] args) => CollectorInstance.StartAsync(
        _kafka.BootstrapServers, _prometheus.Url, Path.Combine(_directory, "store.duckdb"), new MovedClock(At(400)), args);

    private async Task PublishAsync<TEvent>(double seconds, TEvent telemetryEvent)
        where TEvent : ITelemetryEvent
    {
        _producerTime.SetUtcNow(At(seconds));
        var receipt = await _producer.Services.GetRequiredService<IEventPublisher>().ConfirmAsync(telemetryEvent);
        Assert.True(receipt.IsDelivered, receipt.Reason);
    }
}
