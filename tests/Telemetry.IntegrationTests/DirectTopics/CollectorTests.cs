using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.IntegrationTests.MainJob;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>The whole Collector over the direct topics: the same answers whether ClickHouse writes the tables or the Collector does.</summary>
[Trait("Category", "Integration")]
public sealed class CollectorTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("direct-").FullName;
    private DirectTopicsFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await DirectTopicsFixture.StartAsync(partitions: 2, "xumi_load", "xumi_task");

    public async Task DisposeAsync()
    {
        await _fixture.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("ClickHouse")]
    [InlineData("Embedded")]
    public async Task What_is_published_can_be_asked_for_and_is_proven_complete(string mode)
    {
        var settings = _fixture.Settings();
        if (mode == "ClickHouse")
            await _fixture.ApplyAsync(settings);
        await PublishAsync();
        using (var producer = new RawProducer(_fixture.Kafka.BootstrapServers))
        {
            producer.Produce("pbac_access", "no event");
            producer.Produce("xumi_load", "no run");
            // A producer that sends an event again; its key leads both to one partition, which is where duplicates are counted.
            var charge = Charge.Good(1).ToJsonString();
            producer.Produce("wkf_cpu", charge, "user");
            producer.Produce("wkf_cpu", charge, "user");
            producer.Flush();
        }

        await using var collector = await CollectorInstance.StartAsync(
            _fixture.Kafka.BootstrapServers, "http://127.0.0.1:9", Path.Combine(_folder, "runs.duckdb"),
            "--CLICKHOUSE_URL", _fixture.Server.Url,
            "--Collector:ClickHouse:Database", _fixture.Database.Name,
            "--Collector:DirectTopics:Mode", mode,
            "--Collector:DirectTopics:Kafka", _fixture.Kafka.BootstrapServers,
            "--Collector:DirectTopics:GroupPrefix", settings.GroupPrefix,
            "--Collector:DirectTopics:ProofInterval", "00:00:01",
            "--Collector:DirectTopics:FlushInterval", "00:00:00.2",
            "--Collector:DirectTopics:Path", Path.Combine(_folder, "direct.duckdb"));

        var report = await collector.IngestedAsync(9);
        Assert.True(report.GetProperty("complete").GetBoolean(), report.ToString());
        Assert.Equal(0, report.GetProperty("lag").GetInt64());
        Assert.Equal(1, Sum(report, "dead_letters"));
        Assert.Equal(1, Sum(report, "duplicates"));
        await collector.ReadyAsync();

        var all = await AuditAsync(collector.Client, "");
        // Those of one millisecond are in the order of their ids.
        Assert.Equal(all.OrderByDescending(row => row.GetProperty("time").GetDateTimeOffset()).ThenByDescending(Text("id"), StringComparer.Ordinal).Select(Text("id")), all.Select(Text("id")));
        Assert.Equal(
            ["asset.access.check.deny", "asset.transfer.upload.finish", "pbac.access.check.allow", "pbac.access.check.deny", "pbac.policy.change.update"],
            all.Select(Text("type")).Order(StringComparer.Ordinal));
        var denied = Assert.Single(await AuditAsync(collector.Client, "actor=ann&resource=res-1&decision=deny"));
        Assert.Equal(("ann", "write", "res-1", "deny", "not \"hers\", says =policy"), (Text("actor")(denied), Text("action")(denied), Text("resource")(denied), Text("decision")(denied), Text("reason")(denied)));
        Assert.Empty(await AuditAsync(collector.Client, "to=2020-01-01T00:00:00Z"));
        Assert.Equal(2, (await AuditAsync(collector.Client, "decision=deny&from=2020-01-01T00:00:00Z")).Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await collector.Client.GetAsync("/v1/audit?decision=maybe")).StatusCode);

        var csv = (await collector.Client.GetStringAsync("/v1/audit?actor=ann&decision=deny&resource=res-1&format=csv")).Split("\r\n");
        Assert.Equal("time,id,topic,type,source,actor,action,resource,decision,reason", csv[0]);
        Assert.EndsWith(",ann,write,res-1,deny,\"not \"\"hers\"\", says =policy\"", csv[1]);

        // One of a direct topic, and one that the Collector itself could not read.
        var letters = (await collector.DeadLettersAsync(2)).OrderBy(Text("topic"), StringComparer.Ordinal);
        Assert.Equal([("pbac_access", "no event"), ("xumi_load", "no run")], letters.Select(letter => (Text("topic")(letter)!, Text("raw_text")(letter)!)));
        Assert.Equal((0, 1), await ReplayAsync(collector.Client, "pbac_access"));
        Assert.Equal(HttpStatusCode.NotFound, (await collector.Client.PostAsync("/v1/dead-letters/replay?topic=unknown", null)).StatusCode);
        Assert.Contains("telemetry_collector_direct_lag", await collector.Client.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task It_is_not_ready_while_records_wait_that_nobody_takes()
    {
        var settings = _fixture.Settings("wkf_cpu");
        using (var producer = new RawProducer(_fixture.Kafka.BootstrapServers))
        {
            producer.Produce("wkf_cpu", Charge.Good(1).ToJsonString());
            producer.Flush();
        }

        await using var collector = await CollectorInstance.StartAsync(
            _fixture.Kafka.BootstrapServers, "http://127.0.0.1:9", Path.Combine(_folder, "runs.duckdb"),
            "--CLICKHOUSE_URL", _fixture.Server.Url,
            "--Collector:ClickHouse:Database", _fixture.Database.Name,
            "--Collector:DirectTopics:Topics:0", "wkf_cpu",
            "--Collector:DirectTopics:GroupPrefix", settings.GroupPrefix,
            "--Collector:DirectTopics:StallTimeout", "00:00:01",
            "--Collector:DirectTopics:ProofInterval", "00:00:01");

        await collector.UnreadyAsync("records wait in wkf_cpu[");

        await _fixture.ApplyAsync(settings);
        await collector.ReadyAsync();
    }

    [Fact]
    public async Task Dead_letters_that_a_mended_schema_takes_become_rows_at_their_offsets()
    {
        var settings = _fixture.Settings("wkf_cpu");
        var schema = DirectTopicsFixture.Schemas(settings).Single();
        // A rule too strict: what no producer writes is asked for.
        await _fixture.ApplyAsync(settings, [schema with
        {
            Columns = [.. schema.Columns, schema.Columns[0] with { Name = "extra", Field = "extra", RequiredBy = ["wkf.cpu.charge"] }],
        }]);
        using (var producer = new RawProducer(_fixture.Kafka.BootstrapServers))
        {
            for (var i = 0; i < 10; i++)
                producer.Produce("wkf_cpu", Charge.Good(i).ToJsonString());
            producer.Flush();
        }

        var letters = _fixture.Database.Table("dead_letter");
        await _fixture.UntilAsync(10, $"SELECT count() FROM {letters} FINAL");
        await _fixture.ApplyAsync(settings);
        await using var collector = await CollectorInstance.StartAsync(
            _fixture.Kafka.BootstrapServers, "http://127.0.0.1:9", Path.Combine(_folder, "runs.duckdb"),
            "--CLICKHOUSE_URL", _fixture.Server.Url,
            "--Collector:ClickHouse:Database", _fixture.Database.Name,
            "--Collector:DirectTopics:GroupPrefix", settings.GroupPrefix);

        Assert.Equal((10, 0), await ReplayAsync(collector.Client, "wkf_cpu"));
        Assert.Equal((0, 0), await ReplayAsync(collector.Client, "wkf_cpu"));

        Assert.Equal(10, await _fixture.NumberAsync($"SELECT uniqExact(kafka_partition, kafka_offset) FROM {_fixture.Database.Table("wkf_cpu")} FINAL"));
        await collector.DeadLettersAsync(0);
    }

    private async Task PublishAsync()
    {
        var spool = Path.Combine(_folder, "spool");
        await using var events = TelemetryEvents.Create(builder => builder
            .AddKafka(options => options.ConnectionString = _fixture.Kafka.BootstrapServers).AddSpool(spool));
        await SampleEvents.PublishAsync(events.Publisher, 3);
        await SampleEvents.PublishAsync(events.Publisher, 1);
        await SampleEvents.PublishAsync(events.Publisher, 4);
        await SampleEvents.PublishAsync(events.Publisher, 5);
        Assert.True(events.Publisher.Publish(new PbacAccessCheckAllow("ann", "read", "res-1", "policy-1")).IsAccepted);
        // A later millisecond: the order of what is of the same one is that of its ids.
        await Task.Delay(5);
        Assert.True(events.Publisher.Publish(new PbacAccessCheckDeny("ann", "write", "res-1", null, "not \"hers\", says =policy")).IsAccepted);
        await events.Publisher.FlushAsync(TimeSpan.FromSeconds(30));
    }

    // Page by page, so that every query is a test of paging.
    private static async Task<IReadOnlyList<JsonElement>> AuditAsync(HttpClient client, string query)
    {
        var events = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/v1/audit?{query}&limit=2{(next is null ? "" : $"&after={next}")}");
            events.AddRange(page.GetProperty("events").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        return events;
    }

    private static async Task<(int Replayed, int Remaining)> ReplayAsync(HttpClient client, string topic)
    {
        var response = await client.PostAsync($"/v1/dead-letters/replay?topic={topic}", null);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var result = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (result.GetProperty("replayed").GetInt32(), result.GetProperty("remaining").GetInt32());
    }

    private static Func<JsonElement, string?> Text(string name) => element => element.GetProperty(name).GetString();

    private static long Sum(JsonElement report, string name) =>
        report.GetProperty("partitions").EnumerateArray().Sum(partition => partition.GetProperty(name).GetInt64());
}
