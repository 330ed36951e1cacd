using System.Net;
using System.Text;
using System.Text.Json;
using Telemetry.RestProxy.Conformance.Tests.Hosting;

namespace Telemetry.RestProxy.Conformance.Tests.Dialects;

/// <remarks>
/// Sources: confluentinc/kafka-rest, api/v3/openapi.yaml (ProduceRequest, ProduceResponse), resources/v3/ProduceAction.java,
/// response/StreamingResponse.java, response/ChunkedOutputFactory.java.
/// </remarks>
[Trait("Category", "Integration")]
public class ConfluentV3Tests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private const string Json = "application/json";

    [Fact]
    public async Task Records_of_every_type_are_stored_and_answered_in_order()
    {
        var topic = kafka.NewTopic(partitions: 2);
        await using var client = await StartAsync();

        // Shaped as openapi.yaml's examples BinaryAndJson and StringProduceRequest.
        var (status, body) = await client.PostRawAsync(
            $"v3/clusters/cluster-1/topics/{topic}/records",
            """
            {"partition_id":1,"headers":[{"name":"Header-1","value":"SGVhZGVyLTE="}],"key":{"type":"BINARY","data":"Zm9vYmFy"},"value":{"type":"JSON","data":{"foo": "bar"}},"timestamp":"2021-02-05T19:14:42Z"}
            {"partition_id":1,"value":{"type":"STRING","data":"abc"}}
            """, Json);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.EndsWith("}\r\n", body, StringComparison.Ordinal);
        var replies = Replies(body);
        Assert.Equal(
            $$$"""{"error_code":200,"cluster_id":"cluster-1","topic_name":"{{{topic}}}","partition_id":1,"offset":0,"timestamp":"2021-02-05T19:14:42.000Z","key":{"type":"BINARY","size":6},"value":{"type":"JSON","size":13}}""",
            replies[0].GetRawText());
        Assert.Equal(1, replies[1].GetProperty("offset").GetInt64());
        Assert.False(replies[1].TryGetProperty("key", out _));
        Assert.Equal("""{"type":"STRING","size":3}""", replies[1].GetProperty("value").GetRawText());

        var stored = kafka.Read(topic, 2);
        Assert.Equal("foobar", Encoding.UTF8.GetString(stored[0].Message.Key!));
        Assert.Equal("""{"foo":"bar"}""", Encoding.UTF8.GetString(stored[0].Message.Value!));
        Assert.Equal("Header-1", Encoding.UTF8.GetString(stored[0].Message.Headers.GetLastBytes("Header-1")));
        Assert.Equal(1612552482000, stored[0].Message.Timestamp.UnixTimestampMs);
        Assert.Null(stored[1].Message.Key);
        Assert.Equal("abc", Encoding.UTF8.GetString(stored[1].Message.Value!));
    }

    [Fact]
    public async Task A_bad_record_gets_its_own_error_inside_a_200_and_the_next_ones_are_stored()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();

        var (status, body) = await client.PostRawAsync(
            $"v3/clusters/c/topics/{topic}/records",
            """{"value":{"type":"BINARY","data":"!"}}{"value":{"data":"no type"}}{"value":{"type":"BINARY","data":"YQ=="}}""", Json);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([400, 400, 200], Replies(body).Select(Code));
        Assert.Single(kafka.Read(topic, 1));
    }

    [Fact]
    public async Task Malformed_json_ends_the_stream_behind_the_replies_before_it()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();

        var (status, body) = await client.PostRawAsync(
            $"v3/clusters/c/topics/{topic}/records",
            """{"value":{"type":"BINARY","data":"YQ=="}} oops {"value":{"type":"BINARY","data":"Yg=="}}""", Json);

        Assert.Equal(HttpStatusCode.OK, status);
        var replies = Replies(body);
        Assert.Equal([200, 400], replies.Select(Code));
        Assert.StartsWith("Bad Request: Error processing message: ", replies[1].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(kafka.Read(topic, 1));
    }

    [Fact]
    public async Task A_reply_comes_while_the_request_is_still_being_sent()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();
        using var connection = await RawConnection.OpenAsync(client.Server.BaseAddress);

        await connection.SendAsync(
            $"POST /{ServerClient.Path(RestDialect.ConfluentV3, topic)} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.SendChunkAsync("""{"value":{"type":"BINARY","data":"YQ=="}}{"value":{"type":"BIN""");
        await connection.ReceiveUntilAsync("\"offset\":0,");
        await connection.SendChunkAsync("""ARY","data":"Yg=="}}""");
        await connection.ReceiveUntilAsync("\"offset\":1,");
        await connection.SendChunkAsync("");
        await connection.ReceiveUntilAsync("\r\n0\r\n\r\n");

        Assert.Equal(["a", "b"], kafka.Read(topic, 2).Select(record => Encoding.UTF8.GetString(record.Message.Value!)));
    }

    [Fact]
    public async Task A_reply_comes_while_the_request_is_still_being_sent_over_http2()
    {
        var topic = kafka.NewTopic();
        await using var client = await ServerClient.StartAsync(new() { Dialect = RestDialect.ConfluentV3, Kafka = kafka.Cluster, Http2 = true });
        var record = """{"value":{"type":"BINARY","data":"YQ=="}}"""u8.ToArray();
        await using var stream = new DuplexContent("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, ServerClient.Path(RestDialect.ConfluentV3, topic))
        {
            Content = stream,
            Version = client.Http.DefaultRequestVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var sending = client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var requestBody = await stream.Opened;
        await requestBody.WriteAsync(record);
        await requestBody.FlushAsync();
        using var response = await sending;
        using var replies = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await replies.ReadLineAsync();
        await requestBody.WriteAsync(record);
        stream.Complete();
        var second = await replies.ReadLineAsync();

        Assert.Contains("\"offset\":0,", first, StringComparison.Ordinal);
        Assert.Contains("\"offset\":1,", second, StringComparison.Ordinal);
        Assert.Null(await replies.ReadLineAsync());
        Assert.Equal(2, kafka.Read(topic, 2).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/kafka")]
    public async Task Clusters_and_topics_are_found_with_and_without_a_prefix(string? prefix)
    {
        var topic = kafka.NewTopic(partitions: 2);
        await using var client = await ServerClient.StartAsync(new() { Dialect = RestDialect.ConfluentV3, Kafka = kafka.Cluster, PathPrefix = prefix });
        var root = prefix is null ? "" : "kafka/";

        using var clusters = JsonDocument.Parse(await client.Http.GetStringAsync(root + "v3/clusters"));
        var cluster = clusters.RootElement.GetProperty("data")[0];
        var id = cluster.GetProperty("cluster_id").GetString();
        using var topics = JsonDocument.Parse(await client.Http.GetStringAsync($"{root}v3/clusters/{id}/topics"));
        using var description = JsonDocument.Parse(await client.Http.GetStringAsync($"{root}v3/clusters/{id}/topics/{topic}"));
        using var missingTopic = await client.Http.GetAsync($"{root}v3/clusters/{id}/topics/no-such-topic");
        using var missingCluster = await client.Http.GetAsync($"{root}v3/clusters/another/topics");
        using var produced = await client.Http.PostAsync(
            root + ServerClient.Path(RestDialect.ConfluentV3, topic), ServerClient.Content(ServerClient.Body(RestDialect.ConfluentV3, ("k", "v")), Json));

        Assert.Equal("KafkaClusterList", clusters.RootElement.GetProperty("kind").GetString());
        Assert.Equal($"{client.Http.BaseAddress}{root}v3/clusters/{id}", cluster.GetProperty("metadata").GetProperty("self").GetString());
        Assert.False(string.IsNullOrEmpty(id));
        Assert.Contains(topic, topics.RootElement.GetProperty("data").EnumerateArray().Select(data => data.GetProperty("topic_name").GetString()));
        Assert.Equal(2, description.RootElement.GetProperty("partitions_count").GetInt32());
        Assert.Equal("""{"error_code":40403,"message":"This server does not host this topic-partition."}""", await missingTopic.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, missingCluster.StatusCode);
        Assert.Equal(HttpStatusCode.OK, produced.StatusCode);
        if (prefix is not null)
            Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("v3/clusters")).StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_in_413_where_it_passes_the_limit()
    {
        await using var client = await ServerClient.StartAsync(new() { Dialect = RestDialect.ConfluentV3, MaxRequestBytes = 60 });
        using var connection = await RawConnection.OpenAsync(client.Server.BaseAddress);

        await connection.SendAsync(
            $"POST /{ServerClient.Path(RestDialect.ConfluentV3, "any")} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.SendChunkAsync("""{"value":{"type":"BINARY","data":"YQ=="}}""");
        await connection.ReceiveUntilAsync("\"offset\":0,");
        await connection.SendChunkAsync("""{"value":{"type":"BINARY","data":"YQ=="}}""");

        await connection.ReceiveUntilAsync("\"error_code\":413,");
    }

    [Fact]
    public async Task Disposing_the_server_ends_an_open_stream()
    {
        await using var client = await StartAsync();
        using var connection = await RawConnection.OpenAsync(client.Server.BaseAddress);
        await connection.SendAsync(
            $"POST /{ServerClient.Path(RestDialect.ConfluentV3, kafka.NewTopic())} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.SendChunkAsync("""{"value":{"type":"BINARY","data":"YQ=="}}""");
        await connection.ReceiveUntilAsync("\"offset\":0,");

        await client.Server.DisposeAsync();

        Assert.Equal(0, client.Server.OpenConnections);
    }

    [Fact]
    public async Task An_empty_body_has_an_empty_reply()
    {
        await using var client = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, ""), await client.PostRawAsync("v3/clusters/c/topics/t/records", "", Json));
    }

    [Fact]
    public async Task Other_content_types_are_refused()
    {
        await using var client = await StartAsync();

        var reply = await client.PostRawAsync("v3/clusters/c/topics/t/records", "{}", "application/vnd.kafka.binary.v2+json");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.Status);
    }

    private Task<ServerClient> StartAsync() =>
        ServerClient.StartAsync(new() { Dialect = RestDialect.ConfluentV3, Kafka = kafka.Cluster });

    private static int Code(JsonElement reply) => reply.GetProperty("error_code").GetInt32();

    private static List<JsonElement> Replies(string body) =>
        [.. body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
