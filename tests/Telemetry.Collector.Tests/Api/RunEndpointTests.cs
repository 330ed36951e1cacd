using System.Net;
using System.Text.Json;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Collector.Tests.Storage;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Api;

public sealed class RunEndpointTests : IAsyncLifetime
{
    private RunningCollector _collector = null!;

    public async Task InitializeAsync() => _collector = await RunningCollector.StartAsync();

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task A_measured_run_is_served_in_snake_case_with_units()
    {
        await _collector.Store.ApplyAsync(Start("t-1"), Finish("t-1", atSecond: 20.25));
        await _collector.Store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null) { Values = [CpuOwn, NoDisk], MeasuredAt = Noon.AddMinutes(2) }, default);

        var run = await _collector.Client.GetJsonAsync($"/v1/runs/{Id("t-1")}");

        Assert.Equal(
            """
            {"id":"ID","kind":"task","task_id":"t-1","state":"measured","state_reason":null,"user_id":"ann","model":"llm",
            "node":"node-1","tenant_id":"tenant","vm_type":"gpu-8","started_at":"2026-08-01T12:00:00Z",
            "finished_at":"2026-08-01T12:00:20.25Z","evidence_at":null,"evidence":null,"duration_seconds":20.25,"outcome":"failed","error":"out of memory",
            "start_event_id":"t-1-start","finish_event_id":"t-1-finish","measure_attempts":1,"revision":1,"revision_kind":"final","measured_at":"2026-08-01T12:02:00Z",
            "metrics":[{"name":"node.cpu","unit":"cores","integral_unit":"core-seconds","min":0.25,"max":2,"avg":1.5,"p95":1.75,
            "integral":30,"samples":12}],"values":[{"metric":"node.cpu","aggregation":"own","state":"partial","value":20,"lo":18.5,
            "hi":null,"unit":"core-seconds","samples":12,"coverage":0.75,"method":"joint"},{"metric":"node.disk",
            "aggregation":"max","state":"no_data","value":null,"lo":null,"hi":null,"unit":"bytes","samples":0,"coverage":0,
            "method":"none"}]}
            """.ReplaceLineEndings("").Replace("ID", Id("t-1"), StringComparison.Ordinal),
            run.GetRawText());
    }

    [Fact]
    public async Task An_open_run_says_what_is_missing_and_has_no_duration()
    {
        await _collector.Store.ApplyAsync(Start("t-1"));

        var run = (await RunsAsync(""))[0];

        Assert.Equal(("open", "no finish event yet"), (run.Text("state"), run.Text("state_reason")));
        Assert.Equal(JsonValueKind.Null, run.GetProperty("duration_seconds").ValueKind);
        Assert.Equal(0, run.GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task A_figure_that_is_not_a_number_does_not_break_the_reply()
    {
        await _collector.Store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _collector.Store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu with { Max = double.NaN }], null), default);

        Assert.Equal("NaN", (await RunsAsync(""))[0].GetProperty("metrics")[0].Text("max"));
    }

    [Theory]
    [InlineData("", "d c b a")]
    [InlineData("?user=bob", "c")]
    [InlineData("?task=b", "b")]
    [InlineData("?state=no_data", "a")]
    [InlineData("?state=open&user=ann", "d b")]
    [InlineData("?from=2026-08-01T12:00:10Z&to=2026-08-01T12:00:20Z", "b")]
    [InlineData("?from=2026-08-01T14:00:10.000001%2B02:00", "d c")]
    [InlineData("?limit=2", "d c")]
    [InlineData("?kind=mcp_task", "")]
    [InlineData("?kind=task&node=node-1&model=llm&limit=1", "d")]
    [InlineData("?node=node-2", "")]
    public async Task Runs_are_listed_by_filter_newest_first(string query, string expected)
    {
        await _collector.Store.ApplyAsync(
            Start("a", 0), Finish("a"), Start("b", 10), Start("c", 20) with { UserId = "bob" }, Start("d", 30));
        await _collector.Store.SaveMeasurementAsync(Id("a"), Measurement.NoData("no such node"), default);

        Assert.Equal(expected, string.Join(' ', (await RunsAsync(query)).Select(run => run.Text("task_id"))));
    }

    [Theory]
    [InlineData("state=done", "state 'done' is not one of open, finished, measured, no_data, orphaned.")]
    [InlineData("kind=job", "kind 'job' is not one of load, task, mcp_task.")]
    [InlineData("format=xml", "format 'xml' is not one of json, csv.")]
    [InlineData("state=Open", "state 'Open' is not one of")]
    [InlineData("state=", "state '' is not one of")]
    [InlineData("from=2026-08-01T12:00:01Z&to=2026-08-01T12:00:00Z", "from is after to")]
    [InlineData("limit=0", "limit '0' is not a whole number from 1 to 1000.")]
    [InlineData("limit=1001", "from 1 to 1000")]
    [InlineData("limit=ten", "from 1 to 1000")]
    [InlineData("from=yesterday", "from 'yesterday' is not a time. Write it as 2026-08-01T12:00:00Z")]
    [InlineData("to=2026-08-01T12:00:00", "to '2026-08-01T12:00:00' is not a time.")]
    [InlineData("to=2026-08-01T12:00:00+02:00", "%2B")]
    [InlineData("user=", "user is empty")]
    [InlineData("task=a%00b", "U+0000")]
    public async Task A_wrong_query_gets_a_sentence(string query, string expected) =>
        Assert.Contains(
            expected,
            await _collector.Client.GetProblemAsync($"/v1/runs?{query}", HttpStatusCode.BadRequest),
            StringComparison.Ordinal);

    [Fact]
    public async Task Runs_as_CSV_have_a_line_for_every_figure_and_no_formulas()
    {
        await _collector.Store.ApplyAsync(
            Start("t-1"), Finish("t-1"), Start("=cmd,\"x\"", 1) with { Model = null, VmType = null, TenantId = null });
        await _collector.Store.SaveMeasurementAsync(
            Id("t-1"), new Measurement([Cpu], null) { Values = [CpuOwn, NoDisk], MeasuredAt = Noon.AddMinutes(2) }, default);

        using var response = await _collector.Client.GetAsync(new Uri("/v1/runs?format=csv", UriKind.Relative));
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("id,kind,task_id,state,user_id,model,node,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",\"'=cmd,\"\"x\"\"\",open,ann,,node-1,,,2026-08-01T12:00:01Z,,,,,0,,,,,,,,,,,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",2026-08-01T12:00:20Z,,20,failed,1,final,node.cpu,own,partial,20,18.5,,core-seconds,12,0.75,joint", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",node.disk,max,no_data,,,,bytes,0,0,none", lines[3], StringComparison.Ordinal);
        Assert.Equal(["", 5], [lines[4], (object)lines.Length]);
        Assert.All(lines[2..4], line => Assert.Equal(lines[0].Count(sign => sign == ','), line.Count(sign => sign == ',')));
    }

    [Fact]
    public async Task Sums_are_served_by_several_keys_as_JSON_and_CSV()
    {
        await _collector.Store.ApplyAsync(Start("a"), Finish("a"), Start("b", 1) with { UserId = null }, Finish("b"));
        await _collector.Store.SaveMeasurementAsync(Id("a"), new Measurement([Cpu], null) { Values = [CpuOwn] }, default);

        var json = await _collector.Client.GetJsonAsync("/v1/aggregates?by=user,day");
        var csv = await _collector.Client.GetStringAsync(new Uri("/v1/aggregates?by=user,day&format=csv", UriKind.Relative));

        Assert.Equal(
            """
            [{"key":{"user":null,"day":"2026-08-01"},"runs":1,"measured":0,"seconds":19,"sums":[]},
            {"key":{"user":"ann","day":"2026-08-01"},"runs":1,"measured":1,"seconds":20,"sums":[{"metric":"node.cpu",
            "aggregation":"own","unit":"core-seconds","runs":1,"value":20,"lo":18.5,"hi":null}]}]
            """.ReplaceLineEndings(""),
            json.GetProperty("aggregates").GetRawText());
        Assert.Equal(
            "user,day,runs,measured,seconds,metric,aggregation,unit,metric_runs,value,lo,hi\r\n" +
            ",2026-08-01,1,0,19,,,,,,,\r\nann,2026-08-01,1,1,20,node.cpu,own,core-seconds,1,20,18.5,\r\n",
            csv);
    }

    [Theory]
    [InlineData("", "by is missing: name one or more of user, model, node, vm_type, day")]
    [InlineData("by=users", "by 'users' is not one of user, model, node, vm_type, day.")]
    [InlineData("by=day,day", "by has 'day' twice")]
    [InlineData("by=day&from=x&kind=y&format=z", "format 'z'")]
    public async Task A_wrong_question_for_sums_gets_a_sentence(string query, string expected) =>
        Assert.Contains(
            expected,
            await _collector.Client.GetProblemAsync($"/v1/aggregates?{query}", HttpStatusCode.BadRequest),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_run_is_explained_by_its_revisions()
    {
        await _collector.Store.ApplyAsync(Start("t-1"), Finish("t-1"));
        await _collector.Store.SaveMeasurementAsync(Id("t-1"), new Measurement([Cpu], null)
        {
            Explanation = new MeasurementExplanation(
                1, [new("up", Noon, Noon.AddSeconds(20), 1, 8)], [new("node.cpu", "measured", "instance \"a\"", ["up"], "joint", 8, 1, null)]),
            MeasuredAt = Noon.AddSeconds(60),
        }, default);

        var explained = await _collector.Client.GetJsonAsync($"/v1/runs/{Id("t-1")}/explain");

        Assert.Equal(
            """
            [{"revision":1,"kind":"final","state":"measured","measured_at":"2026-08-01T12:01:00Z","explanation":{"other_runs":1,
            "queries":[{"selector":"up","from":"2026-08-01T12:00:00+00:00","to":"2026-08-01T12:00:20+00:00","series":1,"samples":8}],
            "metrics":[{"metric":"node.cpu","state":"measured","target":"instance \"a\"","selectors":["up"],"method":"joint",
            "samples":8,"coverage":1,"lack":null}]}}]
            """.ReplaceLineEndings(""),
            explained.GetProperty("revisions").GetRawText());
        Assert.Contains("no run with id", await _collector.Client.GetProblemAsync("/v1/runs/nope/explain", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var problem = await _collector.Client.GetProblemAsync("/v1/runs?state=done&limit=0", HttpStatusCode.BadRequest);

        Assert.Contains("state 'done'", problem, StringComparison.Ordinal);
        Assert.Contains("limit '0'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_run_is_404_with_a_hint() =>
        Assert.Contains(
            "There is no run with id 'nope'.",
            await _collector.Client.GetProblemAsync("/v1/runs/nope", HttpStatusCode.NotFound),
            StringComparison.Ordinal);

    private async Task<JsonElement[]> RunsAsync(string query) =>
        [.. (await _collector.Client.GetJsonAsync("/v1/runs" + query)).GetProperty("runs").EnumerateArray()];
}
