using System.Net;
using System.Text;
using System.Text.Json;
using Telemetry.Events.Testing;

namespace Telemetry.RestProxy.Conformance.Tests.Dialects;

/// <remarks>
/// Sources: docs.confluent.io/platform/current/kafka-rest/api.html ("REST Proxy API v2", Topics) and confluentinc/kafka-rest.
/// </remarks>
[Trait("Category", "Integration")]
public class ConfluentV2Tests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private const string Binary = "application/vnd.kafka.binary.v2+json";
    private const string Json = "application/vnd.kafka.json.v2+json";
    private const string OneRecord = """{"records":[{"value":"YQ=="}]}""";

    [Fact]
    public async Task The_documents_binary_example_is_stored_and_answered_by_position()
    {
        var topic = kafka.NewTopic(partitions: 3);
        await using var client = await StartAsync();

        // The example of POST /topics/(string:topic_name), binary.
        var (status, body) = await client.PostRawAsync(
            $"topics/{topic}",
            """{"records":[{"key":"a2V5","value":"Y29uZmx1ZW50"},{"value":"a2Fma2E=","partition":1},{"value":"bG9ncw=="}]}""",
            Binary, "application/vnd.kafka.v2+json");

        Assert.Equal(HttpStatusCode.OK, status);
        using var reply = JsonDocument.Parse(body);
        Assert.Equal(["offsets", "key_schema_id", "value_schema_id"], reply.RootElement.EnumerateObject().Select(field => field.Name));
        var offsets = reply.RootElement.GetProperty("offsets").EnumerateArray().ToList();
        var stored = kafka.Read(topic, 3);
        Assert.Equal(
            ["key:confluent", ":kafka", ":logs"],
            offsets.Select(offset => Show(stored.Single(record =>
                record.Partition.Value == offset.GetProperty("partition").GetInt32()
                && record.Offset.Value == offset.GetProperty("offset").GetInt64()))));
        Assert.Equal(1, offsets[1].GetProperty("partition").GetInt32());
        // PartitionOffset.java writes its nulls.
        Assert.All(offsets, offset => Assert.Equal(JsonValueKind.Null, offset.GetProperty("error_code").ValueKind));
        Assert.All(offsets, offset => Assert.Equal(JsonValueKind.Null, offset.GetProperty("error").ValueKind));
    }

    [Fact]
    public async Task The_json_format_quotes_keys_and_writes_values_compact()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();

        // The example of the same document, json.
        var (status, body) = await client.PostRawAsync(
            $"topics/{topic}", """{ "records": [ { "key": "somekey", "value": { "foo" : "b a\" r" } } ] }""", Json);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"offsets":[{"partition":0,"offset":0,"error_code":null,"error":null}],"key_schema_id":null,"value_schema_id":null}""", body);
        Assert.Equal("""
            "somekey":{"foo":"b a\" r"}
            """, Show(kafka.Read(topic, 1).Single()));
    }

    [Fact]
    public async Task A_missing_or_null_value_is_stored_as_null()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync();

        await client.PostRawAsync($"topics/{topic}", """{"records":[{"key":"a2V5","value":null},{"key":"a2V5"},{"key":"","value":""}]}""", Binary);

        Assert.Equal([null, null, ""], kafka.Read(topic, 3).Select(record => record.Message.Value is { } value ? Encoding.UTF8.GetString(value) : null));
    }

    [Theory]
    // Jersey matches a media type without its parameters.
    [InlineData("application/vnd.kafka.binary.v2+json; charset=utf-8", null, 200, null)]
    [InlineData("Application/Vnd.Kafka.Binary.V2+Json", "*/*", 200, null)]
    [InlineData(Binary, "application/json, application/vnd.kafka.v2+json;q=0.5", 200, null)]
    // ProduceToTopicAction's @Consumes and @Produces.
    [InlineData("application/json", null, 415, "HTTP 415 Unsupported Media Type")]
    [InlineData("application/vnd.kafka.v2+json", null, 415, "HTTP 415 Unsupported Media Type")]
    [InlineData(Binary, "text/html", 406, "HTTP 406 Not Acceptable")]
    public async Task Content_types_are_matched_as_Jersey_does(string contentType, string? accept, int status, string? message)
    {
        await using var client = await StartAsync(sink: true);

        var reply = await client.PostRawAsync("topics/any", OneRecord, contentType, accept);

        Assert.Equal(status, (int)reply.Status);
        if (message is not null)
            Assert.Equal($$"""{"error_code":{{status}},"message":"{{message}}"}""", reply.Body);
    }

    [Theory]
    // BinaryTopicProduceRequest.java: @NotEmpty, "contains invalid base64 encoding"; Jackson's unknown fields.
    [InlineData("""{"records":[{"value":"!"}]}""", 422, "Record value contains invalid base64 encoding")]
    [InlineData("""{"records":[{"key":"*","value":"YQ=="}]}""", 422, "Record key contains invalid base64 encoding")]
    [InlineData("""{"records":[]}""", 422, "records must not be empty")]
    [InlineData("""{"records":null}""", 422, "records must not be empty")]
    [InlineData("{}", 422, "records must not be empty")]
    [InlineData("""{"records":[{"value":"YQ==","headers":[]}]}""", 422, "Unrecognized field: headers")]
    [InlineData("""{"records":[{"value":"YQ==","partition":-1}]}""", 422, "partition must be greater than or equal to 0")]
    [InlineData("""{"records":[{"value":"YQ=="}""", 400, null)]
    [InlineData("""[{"value":"YQ=="}]""", 400, null)]
    [InlineData("", 400, null)]
    public async Task A_bad_body_is_refused_as_a_whole(string body, int status, string? message)
    {
        await using var client = await StartAsync(sink: true);

        var reply = await client.PostRawAsync("topics/any", body, Binary);

        Assert.Equal(status, (int)reply.Status);
        using var error = JsonDocument.Parse(reply.Body);
        Assert.Equal(status, error.RootElement.GetProperty("error_code").GetInt32());
        if (message is not null)
            Assert.Equal(message, error.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Topics_are_listed_and_described()
    {
        var topic = kafka.NewTopic(partitions: 2);
        await using var client = await StartAsync();

        using var names = JsonDocument.Parse(await client.Http.GetStringAsync("topics"));
        using var description = JsonDocument.Parse(await client.Http.GetStringAsync($"topics/{topic}"));
        using var missing = await client.Http.GetAsync("topics/no-such-topic");

        Assert.Contains(topic, names.RootElement.EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(topic, description.RootElement.GetProperty("name").GetString());
        Assert.Equal([0, 1], description.RootElement.GetProperty("partitions").EnumerateArray().Select(p => p.GetProperty("partition").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("""{"error_code":40401,"message":"Topic not found."}""", await missing.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_record_for_an_unknown_topic_or_partition_fails_as_retriable_inside_a_200()
    {
        var topic = kafka.NewTopic();
        await using var client = await ServerClient.StartAsync(new() { Kafka = kafka.Cluster, AutoCreateTopics = false });

        var missing = await client.PostRawAsync("topics/not-there", OneRecord, Binary);
        var mixed = await client.PostRawAsync($"topics/{topic}", """{"records":[{"value":"YQ==","partition":7},{"value":"YQ=="}]}""", Binary);

        Assert.Equal(HttpStatusCode.OK, missing.Status);
        Assert.Contains("\"partition\":null,\"offset\":null,\"error_code\":50003,\"error\":\"Topic not-there not present in metadata", missing.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, mixed.Status);
        using var offsets = JsonDocument.Parse(mixed.Body);
        Assert.Equal([50003, null], offsets.RootElement.GetProperty("offsets").EnumerateArray().Select(offset =>
            offset.GetProperty("error_code") is { ValueKind: JsonValueKind.Number } code ? code.GetInt32() : (int?)null));
        Assert.Single(kafka.Read(topic, 1));
    }

    [Fact]
    public async Task Records_that_a_broker_refuses_fail_with_the_code_of_the_refusal()
    {
        using var cluster = EmbeddedKafkaCluster.Start(new() { Topics = [new("t"), new("secret")] });
        await using var client = await ServerClient.StartAsync(new() { Kafka = cluster });

        cluster.FailNextRequests(KafkaRequestKind.Produce, Confluent.Kafka.ErrorCode.MsgSizeTooLarge);
        var tooLarge = await client.PostRawAsync("topics/t", OneRecord, Binary);
        cluster.FailNextRequests(KafkaRequestKind.Produce, Confluent.Kafka.ErrorCode.TopicAuthorizationFailed);
        // librdkafka remembers the refusal of a topic until it refreshes its metadata.
        var unauthorized = await client.PostRawAsync("topics/secret", OneRecord, Binary);

        Assert.Contains("\"error_code\":50002,", tooLarge.Body, StringComparison.Ordinal);
        Assert.Contains("\"error_code\":40301,", unauthorized.Body, StringComparison.Ordinal);
        Assert.All([tooLarge, unauthorized], reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
    }

    [Fact]
    public async Task Records_that_no_broker_takes_fail_as_retriable_until_one_is_back()
    {
        using var cluster = EmbeddedKafkaCluster.Start(new() { Topics = [new("t")] });
        await using var client = await ServerClient.StartAsync(new() { Kafka = cluster, DeliveryTimeout = TimeSpan.FromSeconds(2) });

        cluster.TakeAllBrokersDown();
        var down = await client.PostRawAsync("topics/t", OneRecord, Binary);
        cluster.BringAllBrokersUp();
        // The client connects again when its own waiting time is over: as a producer would, the record is posted until it is taken.
        (HttpStatusCode Status, string Body) up;
        var tries = 0;
        do
            up = await client.PostRawAsync("topics/t", OneRecord, Binary);
        while (++tries < 15 && up.Body.Contains("\"error_code\":50003,", StringComparison.Ordinal));

        Assert.Contains("\"error_code\":50003,", down.Body, StringComparison.Ordinal);
        Assert.Contains("\"error_code\":null,", up.Body, StringComparison.Ordinal);
        Assert.All([down, up], reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
    }

    [Fact]
    public async Task A_partition_can_be_in_the_path()
    {
        var topic = kafka.NewTopic(partitions: 3);
        await using var client = await StartAsync();

        var (_, body) = await client.PostRawAsync($"topics/{topic}/partitions/2", OneRecord, Binary);

        Assert.StartsWith("""{"offsets":[{"partition":2,"offset":0,""", body, StringComparison.Ordinal);
        Assert.Equal(2, kafka.Read(topic, 1).Single().Partition.Value);
    }

    private Task<ServerClient> StartAsync(bool sink = false) =>
        ServerClient.StartAsync(new() { Dialect = RestDialect.ConfluentV2, Kafka = sink ? null : kafka.Cluster });

    private static string Show(Confluent.Kafka.ConsumeResult<byte[]?, byte[]?> record) =>
        $"{Encoding.UTF8.GetString(record.Message.Key ?? [])}:{Encoding.UTF8.GetString(record.Message.Value ?? [])}";
}
