using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Telemetry.Events.Envelope;

namespace Telemetry.Events.Tests.Envelope;

public class EventDataWriterTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Commas_stand_between_members_and_elements_only()
    {
        var writer = Begin();
        writer.WriteStartObject("empty"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("list"u8);
        writer.WriteStartObject();
        writer.WriteNumber("a"u8, 1);
        writer.WriteString("absent"u8, null);
        writer.WriteEndObject();
        writer.WriteNullValue();
        writer.WriteBooleanValue(true);
        writer.WriteStringValue(",");
        writer.WriteEndArray();
        writer.WriteStartArray("none"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("last"u8, false);

        Assert.Equal("""{"empty":{},"list":[{"a":1},null,true,","],"none":[],"last":false}""", End(ref writer));
    }

    [Fact]
    public void Data_may_be_empty()
    {
        var writer = Begin();

        Assert.Equal("{}", End(ref writer));
    }

    [Property(MaxTest = 300)]
    public void Encoded_names_write_what_the_same_names_write_by_hand(string? text, Guid id, long whole, decimal exact, bool flag)
    {
        using var json = JsonDocument.Parse("""{"x":[1,"2"]}""");
        var byHand = Begin();
        byHand.WriteString("a_text"u8, text);
        byHand.WriteString("an_id"u8, id);
        byHand.WriteString("a_moment"u8, Moment);
        byHand.WriteNumber("whole"u8, whole);
        byHand.WriteNumber("double"u8, 0.1);
        byHand.WriteNumber("float"u8, 0.1f);
        byHand.WriteNumber("exact"u8, exact);
        byHand.WriteBoolean("flag"u8, flag);
        byHand.WriteJson("json"u8, json.RootElement);
        byHand.WriteStartObject("object"u8);
        byHand.WriteString("text"u8, text);
        byHand.WriteEndObject();
        byHand.WriteStartArray("array"u8);
        byHand.WriteStringValue(text);
        byHand.WriteEndArray();

        var generated = Begin();
        generated.WriteEncodedString("\"a_text\":"u8, text);
        generated.WriteEncodedString("\"an_id\":"u8, id);
        generated.WriteEncodedString("\"a_moment\":"u8, Moment);
        generated.WriteEncodedNumber("\"whole\":"u8, whole);
        generated.WriteEncodedNumber("\"double\":"u8, 0.1);
        generated.WriteEncodedNumber("\"float\":"u8, 0.1f);
        generated.WriteEncodedNumber("\"exact\":"u8, exact);
        generated.WriteEncodedBoolean("\"flag\":"u8, flag);
        generated.WriteEncodedJson("\"json\":"u8, json.RootElement);
        generated.WriteEncodedStartObject("\"object\":"u8);
        generated.WriteEncodedString("\"text\":"u8, text);
        generated.WriteEndObject();
        generated.WriteEncodedStartArray("\"array\":"u8);
        generated.WriteStringValue(text);
        generated.WriteEndArray();

        var expected = End(ref byHand);
        Assert.Equal(expected, End(ref generated));
        using var parsed = JsonDocument.Parse(expected);
        Assert.Equal(whole, parsed.RootElement.GetProperty("whole").GetInt64());
    }

    [Theory]
    [InlineData(4090)]
    [InlineData(4096)]
    [InlineData(70_000)]
    public void Text_that_needs_escapes_grows_the_buffer_and_keeps_what_stands_before_it(int length)
    {
        var text = new string('"', length);
        var writer = Begin();
        writer.WriteEncodedString("\"first\":"u8, "kept");
        writer.WriteEncodedString("\"text\":"u8, text);

        using var json = JsonDocument.Parse(End(ref writer));
        Assert.Equal("kept", json.RootElement.GetProperty("first").GetString());
        Assert.Equal(text, json.RootElement.GetProperty("text").GetString());
    }

    private static EventDataWriter Begin()
    {
        var writer = new EventDataWriter(new EnvelopeScratch(), subject: null);
        writer.BeginData();
        return writer;
    }

    /// <summary>The data object: what stands between <c>,"data":</c> and the envelope's own brace.</summary>
    private static string End(ref EventDataWriter writer)
    {
        writer.EndData();
        return Encoding.UTF8.GetString(writer.Written)[",\"data\":".Length..^1];
    }
}
