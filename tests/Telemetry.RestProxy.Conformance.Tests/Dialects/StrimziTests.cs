using System.Net;
using System.Text;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Tests.Dialects;

/// <remarks>
/// Sources: strimzi/strimzi-kafka-bridge, src/main/resources/openapi.json (operation send), http/HttpBridge.java,
/// http/HttpSourceBridgeEndpoint.java, converter/HttpBinaryRecordConverter.java, converter/HttpJsonRecordConverter.java.
/// </remarks>
[Trait("Category", "Integration")]
public class StrimziTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private const string Binary = "application/vnd.kafka.binary.v2+json";
    private const string Json = "application/vnd.kafka.json.v2+json";

    [Fact]
    public async Task Records_with_headers_partition_and_time_are_stored()
    {
        var topic = kafka.NewTopic(partitions: 2);
        await using var client = await StartAsync();

        var (status, body) = await client.PostRawAsync(
            $"topics/{topic}",
            """{"records":[{"key":"a2V5","value":"dmFsdWU=","partition":1,"timestamp":1612552482000,"headers":[{"key":"key1","value":"dmFsdWUx"}]}]}""",
            Binary);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"offsets":[{"partition":1,"offset":0}]}""", body);
        var stored = kafka.Read(topic, 1).Single().Message;
        Assert.Equal("key", Encoding.UTF8.GetString(stored.Key!));
        Assert.Equal("value", Encoding.UTF8.GetString(stored.Value!));
        Assert.Equal("value1", Encoding.UTF8.GetString(stored.Headers.GetLastBytes("key1")));
        Assert.Equal(1612552482000, stored.Timestamp.UnixTimestampMs);
    }

    [Fact]
    public async Task The_documents_json_example_is_stored()
    {
        var topic = kafka.NewTopic(partitions: 4);
        await using var client = await StartAsync();

        // The request example of operation send.
        var (status, _) = await client.PostRawAsync(
            $"topics/{topic}",
            """{"records":[{"key":"key1","value":"value1"},{"value":"value2","partition":1},{"value":"value3"}]}""", Json);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["\"value1\"", "\"value2\"", "\"value3\""],
            kafka.Read(topic, 3).Select(record => Encoding.UTF8.GetString(record.Message.Value!)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_content_type_is_compared_as_a_whole()
    {
        await using var client = await StartAsync();

        var (status, body) = await client.PostRawAsync("topics/any", """{"records":[{"value":"YQ=="}]}""", Binary + "; charset=utf-8");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal($$"""{"error_code":500,"message":"{{Binary}}; charset=utf-8"}""", body);
    }

    [Fact]
    public async Task A_connection_keeps_the_format_of_its_first_request()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();

        await client.PostRawAsync($"topics/{topic}", """{"records":[{"value":"YQ=="}]}""", Json);
        var second = await client.PostRawAsync($"topics/{topic}", """{"records":[{"value":"YQ=="}]}""", Binary);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(1, client.Server.TotalConnections);
        Assert.Equal(["\"YQ==\"", "\"YQ==\""], kafka.Read(topic, 2).Select(record => Encoding.UTF8.GetString(record.Message.Value!)));
    }

    [Theory]
    // The converters' exceptions are 422, the OpenAPI validation's refusals 400.
    [InlineData("""{"records":[{"value":"!"}]}""", 422)]
    [InlineData("""{"records":[]}""", 400)]
    [InlineData("""{"records":[{"value":"YQ==","unknown":1}]}""", 400)]
    [InlineData("""{"records":[{"value":"YQ==","headers":[{"key":"k"}]}]}""", 400)]
    [InlineData("""{"records":[""", 400)]
    public async Task A_bad_body_is_refused_as_a_whole(string body, int status)
    {
        await using var client = await StartAsync();

        var reply = await client.PostRawAsync("topics/any", body, Binary);

        Assert.Equal(status, (int)reply.Status);
        using var error = JsonDocument.Parse(reply.Body);
        Assert.Equal(["error_code", "message"], error.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(status, error.RootElement.GetProperty("error_code").GetInt32());
    }

    [Theory]
    [InlineData("topics/any/partitions/x", """{"records":[{"value":"YQ=="}]}""")]
    [InlineData("topics/any/partitions/0", """{"records":[{"value":"YQ==","partition":0}]}""")]
    public async Task A_bad_partition_is_unprocessable(string path, string body)
    {
        await using var client = await StartAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostRawAsync(path, body, Binary)).Status);
    }

    [Fact]
    public async Task A_missing_topic_fails_its_records_with_404_inside_a_200()
    {
        await using var client = await ServerClient.StartAsync(new() { Dialect = RestDialect.Strimzi, Kafka = kafka.Cluster, AutoCreateTopics = false });

        var (status, body) = await client.PostRawAsync("topics/not-there", """{"records":[{"value":"YQ=="}]}""", Binary);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"offsets":[{"error_code":404,"message":"Topic not-there not present in metadata after 60000 ms."}]}""", body);
    }

    [Fact]
    public async Task Version_health_and_topics_are_told()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();

        using var version = JsonDocument.Parse(await client.Http.GetStringAsync(""));
        Assert.Equal("bridge_version", version.RootElement.EnumerateObject().Single().Name);
        Assert.Equal(HttpStatusCode.NoContent, (await client.Http.GetAsync("healthy")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.Http.GetAsync("ready")).StatusCode);
        Assert.Contains($"\"{topic}\"", await client.Http.GetStringAsync("topics"), StringComparison.Ordinal);
        Assert.Contains($"\"name\":\"{topic}\"", await client.Http.GetStringAsync($"topics/{topic}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("topics/no-such-topic")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("v3/clusters")).StatusCode);
    }

    private Task<ServerClient> StartAsync() =>
        ServerClient.StartAsync(new() { Dialect = RestDialect.Strimzi, Kafka = kafka.Cluster });
}
