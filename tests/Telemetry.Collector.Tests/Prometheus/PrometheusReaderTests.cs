using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Tests.Prometheus;

public class PrometheusReaderTests
{
    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly TimeSpan LongestRange = TimeSpan.FromSeconds(PrometheusReader.ScrapesPerQuery);

    [Fact]
    public async Task Long_span_is_read_in_parts_that_leave_no_hole_and_repeat_no_sample()
    {
        // Answers as Prometheus 2 does: both ends of a range belong to it. One sample a second.
        List<(decimal From, decimal To)> ranges = [];
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var to = decimal.Parse(form["time"]!, CultureInfo.InvariantCulture);
            var range = form["query"].ToString().Split('[')[1].TrimEnd(']', 's', 'm');
            var from = to - decimal.Parse(range, CultureInfo.InvariantCulture) / 1000;
            ranges.Add((from, to));
            var samples = Enumerable.Range(0, (int)(Math.Floor(to) - Math.Ceiling(from)) + 1)
                .Select(i => $"""[{Math.Ceiling(from) + i},"1"]""");
            var result = $$"""[{"metric":{"a":"b"},"values":[{{string.Join(',', samples)}}]}]""";
            await context.Response.WriteAsync($$$"""{"status":"success","data":{"resultType":"matrix","result":{{{result}}}}}""");
        });
        await using var services = Services(stub.Address);
        var to = From + LongestRange * 2.5;

        var result = await services.GetRequiredService<PrometheusReader>()
            .ReadAsync(PrometheusSelector.For("up"), From.AddTicks(9000), to.AddTicks(10), CancellationToken.None);

        Assert.Equal(3, ranges.Count);
        Assert.True(ranges[0].From < From.ToUnixTimeSeconds());
        Assert.Equal(ranges[0].To, ranges[1].From);
        Assert.Equal(ranges[1].To, ranges[2].From);
        Assert.All(ranges, range => Assert.True(range.To - range.From <= (decimal)LongestRange.TotalSeconds));
        var expected = Enumerable.Range(0, (int)(LongestRange.TotalSeconds * 2.5) + 1)
            .Select(i => From.AddSeconds(i).ToUnixTimeMilliseconds());
        Assert.Equal(expected, Assert.Single(result.Value!).Samples.Select(sample => sample.UnixMilliseconds));
    }

    [Fact]
    public async Task Answer_that_is_too_large_is_asked_for_in_shorter_parts()
    {
        List<decimal> ranges = [];
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var to = decimal.Parse(form["time"]!, CultureInfo.InvariantCulture);
            var range = decimal.Parse(form["query"].ToString().Split('[')[1].TrimEnd(']', 's', 'm'), CultureInfo.InvariantCulture) / 1000;
            ranges.Add(range);
            var result = range > 200
                ? $$"""[{"metric":{"a":"{{new string('x', 70_000)}}"},"values":[]}]"""
                : $$"""[{"metric":{"a":"b"},"values":[[{{to}},"1"]]}]""";
            await context.Response.WriteAsync($$$"""{"status":"success","data":{"resultType":"matrix","result":{{{result}}}}}""");
        });
        await using var services = StubPrometheus.Services(
            ("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:ScrapeInterval", "00:00:01"),
            ("Collector:Prometheus:MaxAnswerBytes", "65536"));

        var result = await services.GetRequiredService<PrometheusReader>()
            .ReadAsync(PrometheusSelector.For("up"), From, From.AddSeconds(360), CancellationToken.None);

        Assert.True(result.IsSuccess, result.Failure?.Reason);
        Assert.Equal([360.001m, 180.001m, 180m], ranges);
        Assert.Equal(2, Assert.Single(result.Value).Samples.Count);
    }

    [Fact]
    public async Task Answer_that_is_too_large_however_short_is_a_failure_with_the_fix()
    {
        await using var stub = await StubPrometheus.StartAsync(
            422, """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}""");
        await using var services = Services(stub.Address);

        var result = await services.GetRequiredService<PrometheusReader>()
            .ReadAsync(PrometheusSelector.For("up"), From, From.AddSeconds(60), CancellationToken.None);

        Assert.Equal(PrometheusFailureKind.TooLarge, result.Failure?.Kind);
        Assert.Contains("Raise Collector:Prometheus:MaxAnswerBytes", result.Failure!.Reason, StringComparison.Ordinal);
        Assert.InRange(stub.Requests, 4, 6);
    }

    [Fact]
    public async Task Failure_of_one_part_is_the_failure_of_all()
    {
        await using var stub = await StubPrometheus.StartAsync((number, context) =>
        {
            context.Response.StatusCode = number == 1 ? 200 : 400;
            return context.Response.WriteAsync("""{"status":"success","data":{"resultType":"matrix","result":[]}}""");
        });
        await using var services = Services(stub.Address);

        var result = await services.GetRequiredService<PrometheusReader>()
            .ReadAsync(PrometheusSelector.For("up"), From, From + LongestRange * 2, CancellationToken.None);

        Assert.Equal(PrometheusFailureKind.HttpStatus, result.Failure?.Kind);
        Assert.Equal(2, stub.Requests);
    }

    [Fact]
    public void Parts_are_joined_by_all_labels_in_any_order()
    {
        var join = new SeriesJoin();
        join.Append([Series([("a", "1"), ("b", "2")], 10), Series([("a", "1")], 11), Series([("a", "1b"), ("", "2")], 12)]);
        join.Append([Series([("b", "2"), ("a", "1")], 10, 20)]);

        var joined = join.ToSeries();

        Assert.Equal([[10, 20], [11], [12]], joined.Select(series => series.Samples.Select(sample => sample.UnixMilliseconds)));
    }

    private static Series Series((string Name, string Value)[] labels, params long[] times) =>
        new(labels.ToDictionary(label => label.Name, label => label.Value), [.. times.Select(time => new Sample(time, 1))]);

    private static ServiceProvider Services(string address) =>
        StubPrometheus.Services(("PROMETHEUS_URL", address), ("Collector:Prometheus:ScrapeInterval", "00:00:01"));
}
