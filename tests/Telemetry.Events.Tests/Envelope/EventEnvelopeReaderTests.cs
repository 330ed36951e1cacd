using System.Text;
using FsCheck;
using FsCheck.Xunit;

namespace Telemetry.Events.Tests.Envelope;

public class EventEnvelopeReaderTests
{
    [Theory]
    [InlineData("", "has no value")]
    [InlineData("nonsense", "is not JSON (line 1, byte 2)")]
    [InlineData("[]", "is a JSON array")]
    [InlineData("""{"id":"1","source":"/s","type":"t"}""", "specversion is missing")]
    [InlineData("""{"specversion":"1.0","source":"/s","type":"t"}""", "attribute id is missing")]
    [InlineData("""{"specversion":"1.0","id":"","source":"/s","type":"t"}""", "attribute id is missing")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"t"}""", "source is missing")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s"}""", "type is missing")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"/s","type":"t"}""", "specversion is '0.3'; only 1.0 is known")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"soon"}""", "time is 'soon'")]
    [InlineData("""{"specversion":"1.0","id":"\ud800","source":"/s","type":"t"}""", "not valid Unicode")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"a":["\udc00"]}}""", "not valid Unicode")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"12:30"}""", "time is '12:30'")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-01-31T12:00:00+1"}""", "time is")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-01-31T12:00:00."}""", "time is")]
    public void What_is_no_event_is_refused_with_the_cause(string json, string expected)
    {
        Assert.False(EventEnvelopeReader.TryRead(Encoding.UTF8.GetBytes(json), out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_attributes_are_kept_and_times_become_utc()
    {
        var json = """
            {"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-01-31T14:00:00+02:00",
             "custom":"x","number":7,"flag":true,"data":{"a":"b","n":1}}
            """u8.ToArray();

        Assert.True(EventEnvelopeReader.TryRead(json, out var envelope, out var error), error);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), envelope.Time);
        Assert.Equal(TimeSpan.Zero, envelope.Time!.Value.Offset);
        Assert.Equal(("x", "7", "true"), (envelope.GetAttribute("custom"), envelope.GetAttribute("number"), envelope.GetAttribute("flag")));
        Assert.Equal("b", envelope.GetDataString("a"));
        Assert.Null(envelope.GetDataString("n"));
        Assert.Null(envelope.GetDataString("missing"));
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31t12:00:00z")]
    [InlineData("2026-01-31 12:00:00")]
    [InlineData("2026-01-31T12:00:00.000000000Z")]
    [InlineData("2026-01-31T13:30:00.0+01:30")]
    public void Times_are_read_as_senders_write_them(string time)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"{{time}}"}""");

        Assert.True(EventEnvelopeReader.TryRead(json, out var envelope, out var error), error);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), envelope.Time);
    }

    [Property(MaxTest = 2000)]
    public void No_bytes_make_it_throw(byte[] bytes)
    {
        var isEvent = EventEnvelopeReader.TryRead(bytes, out var envelope, out var error);

        Assert.Equal(isEvent, envelope is not null);
        Assert.Equal(isEvent, error is null);
    }

    [Property(MaxTest = 2000)]
    public void No_damage_to_a_real_event_makes_it_throw(PositiveInt at, byte value)
    {
        var json = """{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-01-31T14:00:00Z","data":{"a":"\u00e9ü"}}"""u8.ToArray();
        json[at.Get % json.Length] = value;

        Assert.Equal(EventEnvelopeReader.TryRead(json, out _, out var error), error is null);
    }
}
