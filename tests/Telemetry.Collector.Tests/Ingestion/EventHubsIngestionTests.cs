using Confluent.Kafka;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Events.EventHubs.Tests.Gateway;
using Telemetry.Events.Testing;

namespace Telemetry.Collector.Tests.Ingestion;

/// <summary>The whole Collector reads MCP events through TLS and login, while its Kafka is away.</summary>
[Trait("Category", "Integration")]
public sealed class EventHubsIngestionTests : IAsyncLifetime
{
    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("mcp", 2)] });

    private readonly EventHubsGateway _gateway;

    public EventHubsIngestionTests() => _gateway = new EventHubsGateway(_kafka.BootstrapServers);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _kafka.DisposeAsync();
    }

    [Fact]
    public async Task Runs_begin_and_end_by_MCP_events_of_either_spelling()
    {
        await SendAsync("mcp.task.start", "task-1", "12:00:00", """ "user_id":"user-1","node":"node-1" """);
        await SendAsync("mcp.task.complete", "task-1", "12:00:05", """ "x":1 """);
        await SendAsync("TaskStarted", "task-2", "12:00:00", """ "user_id":"user-2","node":"node-1" """);
        await SendAsync("TaskFailed", "task-2", "12:00:07", """ "error":"out of memory" """);
        await SendAsync("TaskPaused", "task-3", "12:00:00", """ "x":1 """);

        await using var collector = await RunningCollector.StartAsync(
            args:
            [
                "--Collector:EventHubs:ConnectionString", _gateway.AcceptKey("a2V5"),
                "--Collector:EventHubs:Properties:ssl.ca.pem", _gateway.CertificatePem,
            ]);

        var runs = await UntilAsync(
            () => collector.Store.FindAsync(new RunFilter(), CancellationToken.None),
            runs => runs.Count == 2 && runs.All(run => run.FinishedAt is not null));
        Assert.Equal(
            [("task-1", "user-1", "node-1", "succeeded", null, 5.0), ("task-2", "user-2", "node-1", "failed", "out of memory", 7.0)],
            runs.OrderBy(run => run.TaskId, StringComparer.Ordinal).Select(run => (
                run.TaskId, run.UserId, run.Node, run.Outcome, run.Error, (run.FinishedAt - run.StartedAt)!.Value.TotalSeconds)));
        // The other partition's records may come later.
        var letter = Assert.Single(await UntilAsync(() => collector.Store.FindDeadLettersAsync(10, CancellationToken.None), letters => letters.Count > 0));
        Assert.Contains("'TaskPaused' starts or finishes no run", letter.Reason, StringComparison.Ordinal);
        Assert.Equal("mcp", letter.Topic);
    }

    private static async Task<IReadOnlyList<T>> UntilAsync<T>(Func<Task<IReadOnlyList<T>>> find, Func<IReadOnlyList<T>, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var found = await find();
            if (condition(found))
                return found;
            Assert.False(deadline.IsCancellationRequested, $"There are {found.Count}.");
            await Task.Delay(50);
        }
    }

    private async Task SendAsync(string type, string task, string time, string data)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = _kafka.BootstrapServers }).Build();
        await producer.ProduceAsync("mcp", new Message<string, string>
        {
            Key = task,
            Value = $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/workflow","type":"{{type}}","time":"2026-01-31T{{time}}Z","data":{"task_id":"{{task}}",{{data}} } }""",
        });
    }
}
