using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Tests.Prometheus;

public class PrometheusClientTests
{
    private const string Empty = """{"status":"success","data":{"resultType":"matrix","result":[]}}""";

    private static readonly PrometheusSelector Selector = PrometheusSelector.For("node_load1").Where("job", "node");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Fact]
    public async Task Asks_for_raw_samples_in_milliseconds()
    {
        await using var stub = await StubPrometheus.StartAsync(200, Empty);

        await QueryAsync(("PROMETHEUS_URL", stub.Address + "/tenant"));

        Assert.Equal("/tenant/api/v1/query", stub.Path);
        Assert.Equal("""node_load1{job="node"}[90000ms]""", stub.Form["query"]);
        Assert.Equal("1700000000.123", stub.Form["time"]);
        Assert.Equal("10000ms", stub.Form["timeout"]);
        Assert.Null(stub.Authorization);
    }

    [Fact]
    public async Task Reads_times_and_every_kind_of_value()
    {
        await using var stub = await StubPrometheus.StartAsync(200, """
            {"status":"success","data":{"resultType":"matrix","result":[{
            "metric":{"__name__":"node_load1","job":"node"},
            "values":[[1700000000,"1.5"],[1700000000.999,"NaN"],[1700000002.001,"+Inf"],[1700000003,"-Inf"],[1700000004,"1e-7"]]}]}}
            """);

        var series = Assert.Single((await QueryAsync(("PROMETHEUS_URL", stub.Address))).Value!);

        Assert.Equal("node", series.Label("job"));
        Assert.Equal("", series.Label("instance"));
        Assert.Equal(
            [
                new Sample(1_700_000_000_000, 1.5), new Sample(1_700_000_000_999, double.NaN),
                new Sample(1_700_000_002_001, double.PositiveInfinity), new Sample(1_700_000_003_000, double.NegativeInfinity),
                new Sample(1_700_000_004_000, 1e-7),
            ],
            series.Samples);
    }

    [Fact]
    public async Task User_and_password_of_the_address_are_sent_and_never_shown()
    {
        await using var stub = await StubPrometheus.StartAsync(401, "");
        var address = stub.Address.Replace("http://", "http://us%40er:p%3Ass@", StringComparison.Ordinal);

        var result = await QueryAsync(("Collector:Prometheus:Url", address));

        Assert.Equal("Basic " + Convert.ToBase64String("us@er:p:ss"u8), stub.Authorization);
        Assert.Equal(
            $"Prometheus at {stub.Address.Replace("://", "://***@", StringComparison.Ordinal)} answered HTTP 401. " +
            "Put user and password into Collector:Prometheus:Url, or set Collector:Prometheus:BearerToken.",
            result.Failure!.Reason);
    }

    [Fact]
    public async Task Bearer_token_is_sent()
    {
        await using var stub = await StubPrometheus.StartAsync(200, Empty);

        await QueryAsync(("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:BearerToken", "secret"));

        Assert.Equal("Bearer secret", stub.Authorization);
    }

    [Theory]
    [InlineData(200, "<html>", PrometheusFailureKind.Malformed, "Check that Collector:Prometheus:Url")]
    [InlineData(200, "null", PrometheusFailureKind.Malformed, "no matrix")]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[]}}""", PrometheusFailureKind.Malformed, "no matrix")]
    [InlineData(200, """{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,2]]}]}}""", PrometheusFailureKind.Malformed, "no string")]
    [InlineData(200, """{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1e300,"2"]]}]}}""", PrometheusFailureKind.Malformed, "out of range")]
    [InlineData(200, """{"status":"success","warnings":["store b is down"],"data":{"resultType":"matrix","result":[]}}""", PrometheusFailureKind.Incomplete, "store b is down")]
    [InlineData(404, "404 page not found", PrometheusFailureKind.HttpStatus, "/api/v1/query")]
    [InlineData(404, "{}", PrometheusFailureKind.HttpStatus, "HTTP 404")]
    [InlineData(422, """{"status":"error","errorType":"execution","error":"many-to-many matching"}""", PrometheusFailureKind.QueryError, "execution: many-to-many matching")]
    public async Task Bad_answer_becomes_a_sentence_with_the_address(int status, string body, PrometheusFailureKind kind, string words)
    {
        await using var stub = await StubPrometheus.StartAsync(status, body);

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address));

        Assert.False(result.IsSuccess);
        Assert.Equal(kind, result.Failure.Kind);
        Assert.Contains(stub.Address, result.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains(words, result.Failure.Reason, StringComparison.Ordinal);
        Assert.EndsWith(".", result.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hiccup_is_retried_within_the_query()
    {
        await using var stub = await StubPrometheus.StartAsync((number, context) =>
        {
            context.Response.StatusCode = number == 1 ? 503 : 200;
            return context.Response.WriteAsync(number == 1 ? "" : Empty);
        });

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address));

        Assert.True(result.IsSuccess);
        Assert.Equal(2, stub.Requests);
    }

    [Fact]
    public async Task Server_that_never_answers_times_out()
    {
        await using var stub = await StubPrometheus.StartAsync(
            (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:QueryTimeout", "00:00:00.1"));

        Assert.Equal(PrometheusFailureKind.TimedOut, result.Failure!.Kind);
        Assert.Contains("did not answer in time (00:00:00.1000000 a try)", result.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_never_ends_times_out()
    {
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            await context.Response.WriteAsync(Empty[..20]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:QueryTimeout", "00:00:00.1"));

        Assert.Equal(PrometheusFailureKind.TimedOut, result.Failure!.Kind);
    }

    [Fact]
    public async Task Body_that_cannot_be_unzipped_is_a_failure()
    {
        await using var stub = await StubPrometheus.StartAsync((_, context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync(Empty);
        });

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:Compression", "true"));

        Assert.Equal(PrometheusFailureKind.Malformed, result.Failure!.Kind);
    }

    [Fact]
    public async Task Zipped_body_is_read_where_compression_is_asked_for()
    {
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zipped = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zipped.WriteAsync(Encoding.UTF8.GetBytes(Empty));
        });

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address), ("Collector:Prometheus:Compression", "true"));

        Assert.Empty(result.Value!);
        Assert.Equal("gzip", stub.AcceptEncoding);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Prometheus_of_this_machine_is_not_asked_to_compress(string host)
    {
        await using var stub = await StubPrometheus.StartAsync(200, Empty);

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address.Replace("127.0.0.1", host, StringComparison.Ordinal)));

        Assert.True(result.IsSuccess);
        Assert.Equal("", stub.AcceptEncoding ?? "");
    }

    [Theory]
    [InlineData("http://prometheus:9090", null, DecompressionMethods.GZip)]
    [InlineData("http://10.0.0.1:9090", "false", DecompressionMethods.None)]
    [InlineData("http://[::1]:9090", null, DecompressionMethods.None)]
    public void Answers_of_other_machines_come_compressed_unless_that_is_switched_off(string url, string? setting, DecompressionMethods expected)
    {
        using var services = StubPrometheus.Services(("PROMETHEUS_URL", url), ("Collector:Prometheus:Compression", setting));
        var handler = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(nameof(PrometheusClient));
        while (handler is DelegatingHandler outer)
            handler = outer.InnerHandler!;

        Assert.Equal(expected, Assert.IsType<SocketsHttpHandler>(handler).AutomaticDecompression);
    }

    [Fact]
    public async Task Body_that_breaks_off_is_a_failure()
    {
        await using var stub = await StubPrometheus.StartAsync(async (_, context) =>
        {
            await context.Response.WriteAsync(Empty[..20]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var result = await QueryAsync(("PROMETHEUS_URL", stub.Address));

        Assert.Equal(PrometheusFailureKind.Unreachable, result.Failure!.Kind);
    }

    [Fact]
    public async Task Cancellation_by_the_caller_is_thrown()
    {
        using var cancellation = new CancellationTokenSource();
        await using var stub = await StubPrometheus.StartAsync((_, context) =>
        {
            cancellation.Cancel();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var services = StubPrometheus.Services(("PROMETHEUS_URL", stub.Address));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => services.GetRequiredService<PrometheusClient>()
            .QueryAsync(Selector, TimeSpan.FromSeconds(90), At, cancellation.Token));
    }

    private static async Task<PrometheusResult<IReadOnlyList<Series>>> QueryAsync(params (string Key, string? Value)[] settings)
    {
        await using var services = StubPrometheus.Services(settings);
        return await services.GetRequiredService<PrometheusClient>()
            .QueryAsync(Selector, TimeSpan.FromSeconds(90), At, CancellationToken.None);
    }
}
