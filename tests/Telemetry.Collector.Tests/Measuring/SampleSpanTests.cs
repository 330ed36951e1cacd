using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Tests.Prometheus;

namespace Telemetry.Collector.Tests.Measuring;

public sealed class SampleSpanTests
{
    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public async Task What_is_a_runs_own_is_asked_for_once_for_all_runs_and_each_gets_its_part()
    {
        List<string> queries = [];
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            queries.Add((await context.Request.ReadFormAsync())["query"].ToString());
            await context.Response.WriteAsync(
                """
                {"status":"success","data":{"resultType":"matrix","result":[
                  {"metric":{"task":"a.b","pod":"p1"},"values":[[1700000000,"1"],[1700000060,"1"]]},
                  {"metric":{"task":"c","pod":"p2"},"values":[[1700000000,"2"]]}]}}
                """);
        });
        await using var services = StubPrometheus.Services(("PROMETHEUS_URL", stub.Address));
        IReadOnlyDictionary<string, string>[] runs = [Run("a.b"), Run("c"), Run("axb"), new Dictionary<string, string> { ["node"] = "n" }];
        var span = new SampleSpan(services.GetRequiredService<PrometheusReader>(), runs, From.AddSeconds(-60), From.AddSeconds(120));
        Assert.True(SelectorTemplate.TryParse("pods{task=\"{task_id}\",node=\"{node}\"}", out var template, out _));

        List<string> found = [];
        foreach (var run in runs[..3])
        {
            Assert.True(template.TryRender(run, out var selector, out _));
            var result = await span.ReadAsync(template, run, selector, From.AddSeconds(-10), From.AddSeconds(30), default);
            found.Add(string.Join(',', result.Value!.Select(series => $"{series.Label("pod")}:{series.Samples.Count}")));
        }

        Assert.Equal(["p1:1", "p2:1", ""], found);
        Assert.Equal("""pods{task=~"a\\.b|c|axb",node="n"}""", Regex.Replace(Assert.Single(queries), @"\[\d+ms\]$", ""));
    }

    [Theory]
    [InlineData("up{job=\"{node}\"}", null)]
    [InlineData("up{job!=\"{task_id}\"}", null)]
    [InlineData("up{job=\"{task_id}\",user=\"{user_id}\"}", null)]
    [InlineData("up{job=\"x-{task_id}\"}", "up{job=~\"x-a|x-c\"}")]
    public void Only_a_single_equality_with_something_of_a_runs_own_is_asked_for_together(string text, string? expected)
    {
        Assert.True(SelectorTemplate.TryParse(text, out var template, out _));

        Assert.Equal(expected, template.RenderAny([Run("a"), Run("c")])?.Selector.ToString());
    }

    private static Dictionary<string, string> Run(string task) => new() { ["node"] = "n", ["task_id"] = task, ["user_id"] = $"u-{task}" };
}
