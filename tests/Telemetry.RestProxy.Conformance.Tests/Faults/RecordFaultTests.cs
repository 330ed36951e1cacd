using System.Net;
using System.Text;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Tests.Faults;

/// <summary>Faults of single records and of replies' positions.</summary>
[Trait("Category", "Integration")]
public class RecordFaultTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private static readonly (string?, string)[] Three = [("k", "a"), ("k", "b"), ("k", "c")];

    public static TheoryData<RestDialect> Dialects => [.. Enum.GetValues<RestDialect>()];

    public static TheoryData<RestDialect, string, int> Failures => new()
    {
        { RestDialect.ConfluentV2, nameof(RecordFailure.Retriable), 50003 },
        { RestDialect.ConfluentV2, nameof(RecordFailure.Final), 50002 },
        { RestDialect.ConfluentV2, nameof(RecordFailure.Unauthenticated), 40101 },
        { RestDialect.ConfluentV2, nameof(RecordFailure.Unauthorized), 40301 },
        { RestDialect.ConfluentV3, nameof(RecordFailure.Retriable), 50003 },
        { RestDialect.ConfluentV3, nameof(RecordFailure.RateLimited), 429 },
        { RestDialect.ConfluentV3, nameof(RecordFailure.TooLarge), 413 },
        { RestDialect.Strimzi, nameof(RecordFailure.BridgeInternalError), 500 },
        { RestDialect.Strimzi, nameof(RecordFailure.BridgeTopicNotFound), 404 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failed_position_is_told_in_the_dialects_form_and_its_siblings_are_stored(RestDialect dialect, string name, int code)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect);
        var failure = (RecordFailure)typeof(RecordFailure).GetProperty(name)!.GetValue(null)!;
        client.Server.Faults.NextRequests(1, RestFault.FailRecords(failure, 1));

        using var faulted = await client.PostAsync(dialect, topic, Three);
        using var healthy = await client.PostAsync(dialect, topic, Three);

        Assert.Equal(HttpStatusCode.OK, faulted.StatusCode);
        var positions = await PositionsAsync(faulted);
        Assert.Equal(3, positions.Count);
        Assert.Equal(code, positions[1].GetProperty("error_code").GetInt32());
        Assert.Equal(failure.Message, positions[1].GetProperty(dialect == RestDialect.ConfluentV2 ? "error" : "message").GetString());
        Assert.Equal([0L, 1L], new[] { positions[0], positions[2] }.Select(position => position.GetProperty("offset").GetInt64()));
        Assert.Equal([2L, 3L, 4L], (await PositionsAsync(healthy)).Select(position => position.GetProperty("offset").GetInt64()));
        Assert.Equal("acabc", Values(topic, 5));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Every_record_can_fail_inside_a_207(RestDialect dialect)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect);
        client.Server.Faults.NextRequests(1, RestFault.MultiStatus(RecordFailure.Retriable));

        using var response = await client.PostAsync(dialect, topic, Three);

        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        Assert.All(await PositionsAsync(response), position => Assert.Equal(50003, position.GetProperty("error_code").GetInt32()));
        Assert.Empty(kafka.Read(topic, 0));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_rule_fails_records_by_their_key_until_it_is_cleared(RestDialect dialect)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect);
        client.Server.Faults.FailRecords((_, position, key, value) => position == 1 && key.SequenceEqual("k"u8) && value.SequenceEqual("b"u8) ? RecordFailure.Final : null);

        using var first = await client.PostAsync(dialect, topic, Three);
        client.Server.Faults.Clear();
        using var second = await client.PostAsync(dialect, topic, Three);

        Assert.Equal(50002, (await PositionsAsync(first))[1].GetProperty("error_code").GetInt32());
        Assert.Equal("acabc", Values(topic, 5));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_truncated_reply_has_fewer_positions_than_were_stored(RestDialect dialect)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect);
        client.Server.Faults.NextRequests(1, RestFault.TruncateReplies(1));

        using var response = await client.PostAsync(dialect, topic, Three);

        Assert.Single(await PositionsAsync(response));
        Assert.Equal("abc", Values(topic, 3));
    }

    [Fact]
    public async Task A_stream_cut_behind_some_replies_delivers_these_and_ends_in_an_error()
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(RestDialect.ConfluentV3);
        client.Server.Faults.NextRequests(1, RestFault.TruncateReplies(2, cut: true));

        using var request = new HttpRequestMessage(HttpMethod.Post, ServerClient.Path(RestDialect.ConfluentV3, topic))
        {
            Content = ServerClient.Content(ServerClient.Body(RestDialect.ConfluentV3, Three), "application/json"),
        };
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var replies = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Contains("\"offset\":0,", await replies.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("\"offset\":1,", await replies.ReadLineAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(replies.ReadLineAsync);
        Assert.Equal("abc", Values(topic, 3));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_reply_can_have_more_positions_than_the_request_had_records(RestDialect dialect)
    {
        var topic = kafka.NewTopic();
        await using var client = await StartAsync(dialect);
        client.Server.Faults.NextRequests(1, RestFault.WrongReplyCount(5));

        using var response = await client.PostAsync(dialect, topic, Three);

        Assert.Equal(5, (await PositionsAsync(response)).Count);
        Assert.Equal("abc", Values(topic, 3));
    }

    private Task<ServerClient> StartAsync(RestDialect dialect) => ServerClient.StartAsync(new() { Dialect = dialect, Kafka = kafka.Cluster });

    private string Values(string topic, int atLeast) =>
        string.Concat(kafka.Read(topic, atLeast).Select(record => Encoding.UTF8.GetString(record.Message.Value!)));

    private static async Task<List<JsonElement>> PositionsAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        return body.StartsWith("{\"offsets\"", StringComparison.Ordinal)
            ? [.. JsonDocument.Parse(body).RootElement.GetProperty("offsets").EnumerateArray()]
            : [.. body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
