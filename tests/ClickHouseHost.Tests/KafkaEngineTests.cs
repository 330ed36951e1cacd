using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Tests.Shared;

namespace Telemetry.ClickHouseHost.Tests;

/// <summary>The engine's own Kafka tables read from the embedded broker.</summary>
[Trait("Category", "Integration")]
public sealed class KafkaEngineTests : IAsyncLifetime
{
    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("events", 2)] });
    private readonly HttpClient _http = new();
    private ClickHouseServer _server = null!;

    public async Task InitializeAsync() => _server = await ClickHouseServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _kafka.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task Records_become_rows_and_go_on_becoming_rows_after_a_kill()
    {
        if (!_server.CanBeKilled)
            return;
        await RunAsync("CREATE TABLE landed (id Int64, partition UInt64, offset UInt64) ENGINE = ReplacingMergeTree ORDER BY (partition, offset)");
        await RunAsync(
            $"""
            CREATE TABLE queue (id Int64) ENGINE = Kafka SETTINGS kafka_broker_list = '{_kafka.BootstrapServers}', kafka_topic_list = 'events',
                kafka_group_name = 'g', kafka_format = 'JSONEachRow', kafka_flush_interval_ms = 200
            """);
        await RunAsync("CREATE MATERIALIZED VIEW landing TO landed AS SELECT id, _partition AS partition, _offset AS offset FROM queue");

        Produce(0, 1000);
        await UntilAsync("SELECT uniqExact(id) FROM landed", "1000");
        await _server.KillAsync();
        Produce(1000, 1000);
        await _server.RestartAsync();

        await UntilAsync("SELECT uniqExact(id) FROM landed", "2000");
        Assert.Equal("2000", await RunAsync("SELECT count() FROM landed FINAL"));
    }

    private void Produce(int first, int count)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = _kafka.BootstrapServers }).Build();
        for (var i = first; i < first + count; i++)
            producer.Produce("events", new Message<Null, byte[]> { Value = Encoding.UTF8.GetBytes($$"""{"id":{{i}}}""") });
        Assert.Equal(0, producer.Flush(TimeSpan.FromSeconds(30)));
    }

    private async Task UntilAsync(string query, string expected)
    {
        var waited = Stopwatch.StartNew();
        string actual;
        while ((actual = await RunAsync(query)) != expected && waited.Elapsed < TimeSpan.FromSeconds(60))
            await Task.Delay(100);
        Assert.Equal(expected, actual);
    }

    private async Task<string> RunAsync(string query)
    {
        using var response = await _http.PostAsync($"{_server.Url}/", new StringContent(query));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Trim();
    }
}
