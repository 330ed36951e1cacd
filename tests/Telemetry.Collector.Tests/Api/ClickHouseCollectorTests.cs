using System.Net;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.ClickHouse;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Collector.Tests.Storage;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Api;

/// <summary>The whole Collector on a ClickHouse: the same answers as on a file, also while the server is away.</summary>
[Trait("Category", "Integration")]
public sealed class ClickHouseCollectorTests(ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>
{
    private static readonly string[] Paths = ["/v1/runs", "/v1/runs/abc", "/v1/runs/abc/explain", "/v1/aggregates?by=user", "/v1/dead-letters", "/v1/completeness"];

    [Fact]
    public async Task Every_endpoint_answers_from_ClickHouse()
    {
        await using var collector = await StartAsync();
        Assert.IsType<ClickHouseRunStore>(collector.Store);
        await FillAsync(collector.Store);

        var listed = (await collector.Client.GetJsonAsync("/v1/runs?user=ann&state=measured&from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z")).GetProperty("runs");
        var run = Assert.Single(listed.EnumerateArray());
        Assert.Equal((Id("t-1"), "final", 1), (run.Text("id"), run.Text("revision_kind"), run.GetProperty("revision").GetInt32()));
        Assert.Equal(CpuOwn.Value, run.GetProperty("values")[0].GetProperty("value").GetDouble());
        Assert.Equal(run.GetRawText(), (await collector.Client.GetJsonAsync($"/v1/runs/{Id("t-1")}")).GetRawText());
        Assert.Contains("\"queries\":", (await collector.Client.GetJsonAsync($"/v1/runs/{Id("t-1")}/explain")).GetRawText(), StringComparison.Ordinal);
        var aggregate = (await collector.Client.GetJsonAsync("/v1/aggregates?by=user,day")).GetProperty("aggregates")[0];
        Assert.Equal((2, 1), (aggregate.GetProperty("runs").GetInt32(), aggregate.GetProperty("measured").GetInt32()));
        Assert.Single((await collector.Client.GetJsonAsync("/v1/dead-letters")).GetProperty("dead_letters").EnumerateArray());
        Assert.Equal(0, (await collector.Client.GetJsonAsync("/v1/completeness")).GetProperty("missing").GetInt32());
        Assert.Equal("healthy", (await collector.Client.GetJsonAsync("/health/ready")).Text("status"));
        await collector.Client.GetProblemAsync("/v1/runs/%27%20OR%201=1%20--", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task While_the_server_is_away_it_is_503_and_not_ready_but_live_and_goes_on_when_it_is_back()
    {
        if (!clickHouse.Server.CanBeKilled)
            return;
        await using var collector = await StartAsync();
        await FillAsync(collector.Store);
        await clickHouse.Server.KillAsync();

        foreach (var path in Paths)
        {
            Assert.Equal(
                "The store does not answer. Try again; /health/ready and the Collector's log say more.",
                await collector.Client.GetProblemAsync(path, HttpStatusCode.ServiceUnavailable));
        }

        var ready = await collector.Client.GetJsonAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain("127.0.0.1", ready.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("healthy", (await collector.Client.GetJsonAsync("/health/live")).Text("status"));

        // One that starts meanwhile waits for it as well.
        await using var late = await StartAsync();
        await late.Client.GetProblemAsync("/v1/runs", HttpStatusCode.ServiceUnavailable);

        await clickHouse.Server.RestartAsync();
        Assert.Equal(2, (await collector.Client.GetJsonAsync("/v1/runs")).GetProperty("runs").GetArrayLength());
        Assert.Equal(0, (await late.Client.GetJsonAsync("/v1/runs")).GetProperty("runs").GetArrayLength());
        Assert.Equal("healthy", (await collector.Client.GetJsonAsync("/health/ready")).Text("status"));
    }

    private Task<RunningCollector> StartAsync() => RunningCollector.StartAsync(args:
    [
        "--CLICKHOUSE_URL", clickHouse.Server.Url, "--Collector:ClickHouse:Database", clickHouse.NewName(), "--Collector:DirectTopics:Mode", "Off",
    ]);

    private static async Task FillAsync(IRunStore store)
    {
        await store.ApplyAsync([Start("t-1").At(0), Finish("t-1").At(1), Start("t-2", 30).At(2)], [DeadLetter(3)], default);
        var explanation = new MeasurementExplanation(0, [new ExplainedQuery("up", Noon, Noon.AddSeconds(20), 1, 8)], []);
        await store.SaveMeasurementAsync(
            Id("t-1"), new Measurement([Cpu], null) { Values = [CpuOwn], Explanation = explanation, MeasuredAt = Noon.AddSeconds(80) }, default);
    }
}
