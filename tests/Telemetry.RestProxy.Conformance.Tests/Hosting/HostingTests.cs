using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Telemetry.RestProxy.Conformance.Tests.Hosting;

[Trait("Category", "Integration")]
public class HostingTests
{
    private static readonly (string?, string)[] Two = [("k", "a"), (null, "b")];

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Basic dXNlcjp3cm9uZw==", 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Basic dXNlcjpwYXNz", 200)]
    [InlineData("Bearer token", 200)]
    public async Task Basic_and_bearer_authentication_let_the_right_client_in(string? authorization, int status)
    {
        await using var client = await ServerClient.StartAsync(new() { BasicCredentials = new("user", "pass"), BearerToken = "token" });
        client.Http.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        using var response = await client.PostAsync(RestDialect.ConfluentV2, "any", Two);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Count == 1);
    }

    [Theory]
    [InlineData(RestDialect.ConfluentV2)]
    [InlineData(RestDialect.ConfluentV3)]
    [InlineData(RestDialect.Strimzi)]
    public async Task A_gzip_body_is_inflated_or_refused(RestDialect dialect)
    {
        await using var accepting = await ServerClient.StartAsync(new() { Dialect = dialect });
        await using var refusing = await ServerClient.StartAsync(new() { Dialect = dialect, AcceptGzip = false });

        using var accepted = await accepting.Http.PostAsync(ServerClient.Path(dialect, "any"), Gzip(dialect));
        using var refused = await refusing.Http.PostAsync(ServerClient.Path(dialect, "any"), Gzip(dialect));

        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal(2, accepting.Server.Requests.Single().RecordCount);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
    }

    [Fact]
    public async Task A_body_that_only_says_it_is_gzip_is_a_bad_request()
    {
        await using var client = await ServerClient.StartAsync(new());
        var content = ServerClient.Content(ServerClient.Body(RestDialect.ConfluentV2, Two), ServerClient.ContentType(RestDialect.ConfluentV2));
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await client.Http.PostAsync("topics/any", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(RestDialect.ConfluentV2, false)]
    [InlineData(RestDialect.ConfluentV2, true)]
    [InlineData(RestDialect.ConfluentV3, false)]
    [InlineData(RestDialect.Strimzi, false)]
    public async Task A_body_above_the_limit_is_413_and_one_at_the_limit_is_not(RestDialect dialect, bool chunked)
    {
        var body = ServerClient.Body(dialect, Two);
        await using var client = await ServerClient.StartAsync(new() { Dialect = dialect, MaxRequestBytes = body.Length });
        client.Http.DefaultRequestHeaders.TransferEncodingChunked = chunked;

        using var fits = await client.PostAsync(dialect, "any", Two);
        using var tooLarge = await client.PostAsync(dialect, "any", [.. Two, (null, "c")]);
        using var fitsAgain = await client.PostAsync(dialect, "any", Two);

        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fitsAgain.StatusCode);
    }

    [Theory]
    [InlineData(false, "HTTP/1.1")]
    [InlineData(true, "HTTP/2")]
    public async Task Requests_and_connections_are_recorded(bool http2, string protocol)
    {
        await using var client = await ServerClient.StartAsync(new() { Http2 = http2, PathPrefix = "rest" });
        client.Http.DefaultRequestHeaders.Add("X-Test", ["1", "2"]);
        var body = ServerClient.Body(RestDialect.ConfluentV2, Two);

        using var produced = await client.Http.PostAsync("rest/topics/some?x=y", ServerClient.Content(body, ServerClient.ContentType(RestDialect.ConfluentV2)));
        using var listed = await client.Http.GetAsync("rest/topics");
        using var outside = await client.Http.GetAsync("topics");

        Assert.Equal("""["some"]""", await listed.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
        var requests = client.Server.Requests;
        Assert.Equal(["POST /rest/topics/some?x=y", "GET /rest/topics", "GET /topics"], requests.Select(request => $"{request.Method} {request.Path}{request.Query}"));
        Assert.All(requests, request => Assert.Equal(protocol, request.Protocol));
        Assert.Single(requests.Select(request => request.ConnectionId).Distinct());
        Assert.Equal(("some", 2, body.Length), (requests[0].Topic, requests[0].RecordCount, (int)requests[0].BodyBytes));
        Assert.Equal("1,2", requests[0].Headers["x-test"].Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal((1, 1), (client.Server.OpenConnections, client.Server.TotalConnections));

        client.Http.Dispose();
        await Eventually.TrueAsync(() => client.Server.OpenConnections == 0);
        Assert.Equal(1, client.Server.TotalConnections);
    }

    [Fact]
    public async Task The_log_keeps_the_newest_requests()
    {
        await using var client = await ServerClient.StartAsync(new() { MaxLoggedRequests = 2 });

        foreach (var topic in new[] { "a", "b", "c" })
            (await client.PostAsync(RestDialect.ConfluentV2, topic, Two)).Dispose();

        Assert.Equal([(2, "b"), (3, "c")], client.Server.Requests.Select(request => ((int)request.Number, request.Topic!)));
    }

    [Fact]
    public async Task Another_process_can_set_faults_and_read_the_log()
    {
        await using var client = await ServerClient.StartAsync(new());

        var set = await client.PostRawAsync("_control/faults", """{"count":1,"topic":"t","fault":{"reply":"Error","status":503,"retryAfter":"7"}}""", "application/json");
        var wrong = await client.PostRawAsync("_control/faults", """{"fault":{"replly":"Error"}}""", "application/json");
        using var faulted = await client.PostAsync(RestDialect.ConfluentV2, "t", Two);
        var log = await client.Http.GetStringAsync("_control/requests");
        var connections = await client.Http.GetStringAsync("_control/connections");
        using var cleared = await client.Http.DeleteAsync("_control/requests");

        Assert.Equal(HttpStatusCode.NoContent, set.Status);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, faulted.StatusCode);
        Assert.Contains("\"topic\":\"t\",\"recordCount\":2", log, StringComparison.Ordinal);
        Assert.Equal("""{"open":1,"total":1}""", connections);
        Assert.Empty(client.Server.Requests);
    }

    [Fact]
    public async Task A_sink_counts_offsets_on_and_places_keys()
    {
        await using var client = await ServerClient.StartAsync(new() { SinkTopics = [new("wide", 32)] });

        var (_, first) = await client.PostRawAsync("topics/wide", ServerClient.Body(RestDialect.ConfluentV2, ("21", "a"), ("21", "b")), ServerClient.ContentType(RestDialect.ConfluentV2));
        var (_, second) = await client.PostRawAsync("topics/wide", ServerClient.Body(RestDialect.ConfluentV2, ("21", "c")), ServerClient.ContentType(RestDialect.ConfluentV2));

        // murmur2("21") is -973932308; without its sign bit, modulo 32.
        var partition = (-973932308 & 0x7fffffff) % 32;
        Assert.StartsWith($$"""{"offsets":[{"partition":{{partition}},"offset":0,"error_code":null,"error":null},{"partition":{{partition}},"offset":1,""", first, StringComparison.Ordinal);
        Assert.StartsWith($$"""{"offsets":[{"partition":{{partition}},"offset":2,""", second, StringComparison.Ordinal);
    }

    private static ByteArrayContent Gzip(RestDialect dialect)
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(ServerClient.Body(dialect, Two)));
        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", ServerClient.ContentType(dialect));
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
