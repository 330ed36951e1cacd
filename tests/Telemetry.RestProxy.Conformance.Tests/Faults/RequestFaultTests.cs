using System.Net;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Tests.Faults;

/// <summary>Faults of whole requests, as a plain HttpClient sees them.</summary>
[Trait("Category", "Integration")]
public class RequestFaultTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private static readonly (string?, string)[] Three = [("k", "a"), ("k", "b"), ("k", "c")];

    public static TheoryData<RestDialect, bool> DialectsAndVersions => new()
    {
        { RestDialect.ConfluentV2, false },
        { RestDialect.ConfluentV2, true },
        { RestDialect.ConfluentV3, false },
        { RestDialect.ConfluentV3, true },
        { RestDialect.Strimzi, false },
        { RestDialect.Strimzi, true },
    };

    [Theory]
    [MemberData(nameof(DialectsAndVersions))]
    public async Task A_whole_error_can_hide_that_some_records_are_stored(RestDialect dialect, bool http2)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect, http2);
        client.Server.Faults.NextRequests(1, RestFault.Error(401, 40101, storedRecords: 2, message: "no"));
        client.Server.Faults.NextRequests(1, RestFault.Error(500));

        using var unauthorized = await client.PostAsync(dialect, topic, Three);
        using var failed = await client.PostAsync(dialect, topic, Three);

        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
        Assert.Equal("""{"error_code":40101,"message":"no"}""", await unauthorized.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal(2, kafka.Read(topic, 2).Count);
        Assert.Equal(0, client.Server.Faults.Pending);
    }

    [Fact]
    public async Task Retry_after_comes_in_seconds_or_as_a_date()
    {
        await using var client = await StartAsync(RestDialect.ConfluentV2);
        var until = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        client.Server.Faults.NextRequests(1, RestFault.Overloaded(429, seconds: 3));
        client.Server.Faults.NextRequests(1, RestFault.Overloaded(503, until));

        using var limited = await client.PostAsync(RestDialect.ConfluentV2, "any", Three);
        using var overloaded = await client.PostAsync(RestDialect.ConfluentV2, "any", Three);

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), limited.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, overloaded.StatusCode);
        Assert.Equal(until, overloaded.Headers.RetryAfter!.Date);
    }

    [Theory]
    [MemberData(nameof(DialectsAndVersions))]
    public async Task Garbage_and_html_are_no_json(RestDialect dialect, bool http2)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect, http2);
        client.Server.Faults.NextRequests(1, RestFault.Garbage());
        client.Server.Faults.NextRequests(1, RestFault.HtmlPage());
        client.Server.Faults.NextRequests(1, RestFault.WrongContentType("image/png"));

        using var garbage = await client.PostAsync(dialect, topic, Three);
        using var page = await client.PostAsync(dialect, topic, Three);
        using var wrongType = await client.PostAsync(dialect, topic, ("k", "v"));

        Assert.Equal(HttpStatusCode.OK, garbage.StatusCode);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(garbage.Content.ReadAsStream()));
        Assert.Equal(HttpStatusCode.BadGateway, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("image/png", wrongType.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"offset\":3", await wrongType.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(4, kafka.Read(topic, 4).Count);
    }

    [Theory]
    [MemberData(nameof(DialectsAndVersions))]
    public async Task Half_a_body_arrives_and_the_connection_is_not_reused(RestDialect dialect, bool http2)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect, http2);
        client.Server.Faults.NextRequests(1, RestFault.HalfBody());

        using var request = new HttpRequestMessage(HttpMethod.Post, ServerClient.Path(dialect, topic))
        {
            Content = ServerClient.Content(ServerClient.Body(dialect, Three), ServerClient.ContentType(dialect)),
            Version = client.Http.DefaultRequestVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using (var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Assert.ThrowsAnyAsync<Exception>(response.Content.ReadAsStringAsync);
        }

        using var next = await client.PostAsync(dialect, topic, Three);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(http2 ? 1 : 2, client.Server.TotalConnections);
        Assert.Equal(6, kafka.Read(topic, 6).Count);
    }

    [Theory]
    [MemberData(nameof(DialectsAndVersions))]
    public async Task A_reset_comes_before_or_after_storing(RestDialect dialect, bool http2)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect, http2);
        client.Server.Faults.NextRequests(1, RestFault.Reset());
        client.Server.Faults.NextRequests(1, RestFault.Reset(storedRecords: int.MaxValue));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(dialect, topic, Three));
        Assert.Empty(kafka.Read(topic, 0));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(dialect, topic, Three));
        Assert.Equal(3, kafka.Read(topic, 3).Count);

        Assert.Equal(2, client.Server.TotalConnections);
        Assert.Equal([3, 3], client.Server.Requests.Select(request => request.RecordCount));
    }

    [Theory]
    [MemberData(nameof(DialectsAndVersions))]
    public async Task A_request_without_an_answer_ends_when_the_client_gives_up(RestDialect dialect, bool http2)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect, http2);
        client.Server.Faults.NextRequests(1, RestFault.NeverAnswer(storedRecords: 1));
        using var patience = new CancellationTokenSource();

        var content = ServerClient.Content(ServerClient.Body(dialect, Three), ServerClient.ContentType(dialect));
        var post = client.Http.PostAsync(ServerClient.Path(dialect, topic), content, patience.Token);
        Assert.Single(kafka.Read(topic, 1));
        Assert.False(post.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
        using var next = await client.PostAsync(dialect, topic, Three);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Disposing_the_server_ends_a_request_without_an_answer()
    {
        await using var client = await StartAsync(RestDialect.ConfluentV2);
        client.Server.Faults.NextRequests(1, RestFault.NeverAnswer());

        var post = client.PostAsync(RestDialect.ConfluentV2, "any", Three);
        await Eventually.TrueAsync(() => client.Server.Requests.Count == 1);
        await client.Server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => post);
    }

    [Fact]
    public async Task A_slow_answer_comes_after_its_delay()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var client = await ServerClient.StartAsync(new() { TimeProvider = time });
        client.Server.Faults.NextRequests(1, RestFault.Slow(TimeSpan.FromMinutes(5)));

        var post = client.PostAsync(RestDialect.ConfluentV2, "any", Three);
        await Eventually.TrueAsync(() => client.Server.Requests.Count == 1);
        Assert.False(post.IsCompleted);
        // The request is logged a moment before its delay begins, so that one step of time may come too early.
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return post.IsCompleted;
        });

        using var response = await post;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_fault_waits_for_its_topic_and_its_turns()
    {
        await using var client = await ServerClient.StartAsync(new());
        client.Server.Faults.NextRequests(2, RestFault.Error(503), topic: "bad");
        client.Server.Faults.NextRequests(int.MaxValue, RestFault.Error(500), topic: "worse");

        var statuses = new List<int>();
        foreach (var topic in new[] { "good", "bad", "worse", "bad", "bad", "worse" })
        {
            using var response = await client.PostAsync(RestDialect.ConfluentV2, topic, Three);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 503, 500, 503, 200, 500], statuses);
        Assert.Equal(1, client.Server.Faults.Pending);
        client.Server.Faults.Clear();
        Assert.Equal(0, client.Server.Faults.Pending);
    }

    [Fact]
    public async Task A_normal_reply_to_records_that_are_not_stored_is_refused_as_a_fault()
    {
        await using var client = await ServerClient.StartAsync(new());

        Assert.Throws<ArgumentException>(() => client.Server.Faults.NextRequests(1, new RestFault { StoredRecords = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => client.Server.Faults.NextRequests(0, RestFault.Garbage()));
    }

    private Task<ServerClient> StartAsync(RestDialect dialect, bool http2 = false) =>
        ServerClient.StartAsync(new() { Dialect = dialect, Kafka = kafka.Cluster, Http2 = http2 });
}
