using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy.Tests.Replies;

public class ReplyReaderTests
{
    private const string Stored = """{"partition":3,"offset":42,"error_code":null,"error":null}""";
    private const string Failed = """{"partition":null,"offset":null,"error_code":50003,"error":"leader \"moved\""}""";

    [Theory]
    [InlineData("""{"offsets":[{"partition":3,"offset":42}]}""")]
    [InlineData("""{"offsets":[{"partition":3,"offset":42,"error_code":null,"error":null}],"key_schema_id":null,"value_schema_id":null}""")]
    [InlineData("""{ "offsets" : [ { "offset" : 42 , "partition" : 3 , "error_code" : null } ] }""")]
    [InlineData("""{"key_schema_id":7,"offsets":[{"error":null,"partition":3,"extra":{"a":[1]},"offset":42}],"more":[{}]}""")]
    public void A_stored_record_is_read_in_any_spelling(string body) =>
        Assert.Equal([DeliveryOutcome.Delivered(3, 42)], Read(body, 1, ReplyVerdict.Complete));

    [Fact]
    public void A_failed_record_among_stored_ones_is_found_by_position() =>
        Assert.Equal(
            [DeliveryOutcome.Delivered(3, 42), DeliveryOutcome.Retriable("kafka_retriable_error"), DeliveryOutcome.Delivered(3, 42)],
            Read($$"""{"offsets":[{{Stored}},{{Failed}},{{Stored}}]}""", 3, ReplyVerdict.Complete));

    [Fact]
    public void An_incomplete_array_leaves_the_rest_unknown() =>
        Assert.Equal(
            [DeliveryOutcome.Delivered(3, 42), DeliveryOutcome.Unknown("missing_reply")],
            Read($$"""{"offsets":[{{Stored}}]}""", 2, ReplyVerdict.Incomplete));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html></html>")]
    [InlineData("""{"offsets":null}""")]
    [InlineData("""{"error_code":500,"message":"no"}""")]
    [InlineData("""{"offsets":[{"partition":3,"offset":42,"error_code":null,"error":null}""")]
    [InlineData("""{"offsets":[{"partition":3,"offset":42}]}{"offsets":[]}""")]
    [InlineData("""{"offsets":[{"partition":3,"offset":42},{"partition":3,"offset":43}]}""")]
    public void What_makes_no_sense_settles_nothing(string body) =>
        Assert.Equal([DeliveryOutcome.Unknown("garbled_reply")], Read(body, 1, ReplyVerdict.Garbled));

    [Theory]
    [InlineData("""{"offsets":[{}]}""")]
    [InlineData("""{"offsets":[null]}""")]
    [InlineData("""{"offsets":[{"partition":-1,"offset":42}]}""")]
    [InlineData("""{"offsets":[{"partition":"3","offset":42}]}""")]
    [InlineData("""{"offsets":[{"partition":3,"offset":99999999999999999999}]}""")]
    public void An_entry_that_tells_no_place_is_unknown(string body) =>
        Assert.Equal([DeliveryOutcome.Unknown("missing_reply")], Read(body, 1, ReplyVerdict.Complete));

    [Property(MaxTest = 500)]
    public void The_plain_reader_and_the_JSON_reader_agree(NonNegativeInt[] partitions, bool nulls)
    {
        var entries = partitions.Select((partition, i) =>
            $"{{\"partition\":{partition.Get},\"offset\":{(long)partition.Get * int.MaxValue}{(nulls ? ",\"error_code\":null,\"error\":null" : "")}}}");
        var plain = $"{{\"offsets\":[{string.Join(',', entries)}]}}";
        var positions = Enumerable.Range(0, partitions.Length).ToArray();
        var byPlain = new DeliveryOutcome[partitions.Length];

        Assert.True(PlainOffsetsReply.TryRead(Encoding.UTF8.GetBytes(plain), positions, byPlain));
        // A space is enough to send it the other way.
        Assert.Equal(Read(" " + plain, partitions.Length, ReplyVerdict.Complete), byPlain);
    }

    [Property(MaxTest = 500)]
    public void Any_cut_of_a_reply_is_garbled_and_no_cut_throws(NonNegativeInt cut)
    {
        var body = $$"""{"offsets":[{{Stored}},{{Failed}}],"key_schema_id":null,"value_schema_id":null}""";

        Read(body[..(cut.Get % body.Length)], 2, ReplyVerdict.Garbled);
    }

    [Property(MaxTest = 500)]
    public void Of_a_stream_that_is_cut_what_came_before_is_kept(NonNegativeInt cut)
    {
        const string Entry = """{"error_code":200,"cluster_id":"c","topic_name":"t","partition_id":3,"offset":42,"timestamp":"2026-01-01T00:00:00Z","key":{"type":"BINARY","size":3}}""";
        var body = string.Concat(Enumerable.Repeat(Entry + "\r\n", 4));
        var length = 1 + (cut.Get % (body.Length - 2));
        var whole = (length + 2) / (Entry.Length + 2);
        var outcomes = new DeliveryOutcome[4];

        RecordStreamReply.Read(Encoding.UTF8.GetBytes(body[..length]), [0, 1, 2, 3], outcomes);

        Assert.Equal(whole, outcomes.Count(outcome => outcome == DeliveryOutcome.Delivered(3, 42)));
        Assert.Equal(4 - whole, outcomes.Count(outcome => outcome.Status == DeliveryStatus.Unknown));
    }

    [Property(MaxTest = 500)]
    public void The_plain_and_the_JSON_reader_of_streams_agree(NonEmptyArray<byte> picks)
    {
        // Spelled as Confluent spells it, spelled otherwise, failed, and stored without a key.
        string[] entries =
        [
            """{"error_code":200,"cluster_id":"c","topic_name":"t","partition_id":3,"offset":42,"timestamp":"2026-01-01T00:00:00Z","key":{"type":"BINARY","size":3},"value":{"type":"BINARY","size":9}}""",
            """{"error_code":200,"cluster_id":"c","topic_name":"t","partition_id":3, "offset":42}""",
            """{"error_code":50003,"message":"not now"}""",
            """{"error_code":200,"cluster_id":"c","topic_name":"t","partition_id":1,"offset":7,"timestamp":"2026-01-01T00:00:00Z","value":{"type":"JSON","size":9}}""",
        ];
        DeliveryOutcome[] expected =
            [DeliveryOutcome.Delivered(3, 42), DeliveryOutcome.Delivered(3, 42), DeliveryOutcome.Retriable("kafka_retriable_error"), DeliveryOutcome.Delivered(1, 7)];
        var body = string.Join("\r\n", picks.Get.Select(pick => entries[pick % 4]));
        var outcomes = new DeliveryOutcome[picks.Get.Length];

        var verdict = RecordStreamReply.Read(Encoding.UTF8.GetBytes(body), Enumerable.Range(0, outcomes.Length).ToArray(), outcomes);

        Assert.Equal(ReplyVerdict.Complete, verdict);
        Assert.Equal(picks.Get.Select(pick => expected[pick % 4]), outcomes);
    }

    [Fact]
    public void The_streams_own_error_behind_all_replies_takes_nothing_back()
    {
        var outcomes = new DeliveryOutcome[1];

        var verdict = RecordStreamReply.Read(
            """{"error_code":200,"partition_id":1,"offset":2}{"error_code":408,"message":"Streaming connection open for too long"}"""u8, [0], outcomes);

        Assert.Equal((ReplyVerdict.Complete, DeliveryOutcome.Delivered(1, 2)), (verdict, outcomes[0]));
    }

    [Theory]
    [InlineData("""{"error_code":40401,"message":"no"}""", 40401)]
    [InlineData("""{"message":{"error_code":1},"error_code":7}""", 7)]
    [InlineData("""{"error_code":"7"}""", 0)]
    [InlineData("<html>", 0)]
    [InlineData("", 0)]
    public void The_code_of_a_failed_request_is_read_where_there_is_one(string body, int expected) =>
        Assert.Equal(expected, ErrorReply.ReadCode(Encoding.UTF8.GetBytes(body)));

    private static DeliveryOutcome[] Read(string body, int records, ReplyVerdict expected)
    {
        var outcomes = new DeliveryOutcome[records];
        var verdict = OffsetsReply.Read(
            Encoding.UTF8.GetBytes(body), RestProxyDialect.ConfluentV2, Enumerable.Range(0, records).ToArray(), outcomes);
        Assert.Equal(expected, verdict);
        return outcomes;
    }
}
