using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Telemetry.Events;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>What the publisher writes is what the golden vectors say, member for member; order and spelling are JSON's own affair.</summary>
public partial class EventVectorTests
{
    public static TheoryData<string> Cases => WireFolder.Cases("events.json");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_publisher_writes_the_vectors_envelope(string name)
    {
        var vector = WireFolder.Vector("events.json", name);
        var expected = JsonNode.Parse(vector.GetProperty("envelope").GetRawText())!.AsObject();

        var received = await VectorPublisher.PublishAsync(vector.GetProperty("input"));

        var actual = JsonNode.Parse(received.Body.Span)!.AsObject();
        Assert.Equal(LoneSurrogateText.Of(vector.GetProperty("key")), received.Key);
        Assert.Matches(Uuid(), (string?)actual["id"]);
        Assert.Matches(Uuid(), (string?)actual["producer"]);
        Assert.Matches(UtcTime(), (string?)actual["time"]);
        Assert.Equal(1, long.Parse((string)actual["sequence"]!, NumberStyles.None, CultureInfo.InvariantCulture));
        Assert.Equal(20, ((string)actual["sequence"]!).Length);
        Assert.Equal(TraceOf(expected), TraceOf(actual));
        // These differ from run to run, or in the span alone.
        foreach (var attribute in (string[])["id", "producer", "time", "sequence", "traceparent"])
        {
            expected.Remove(attribute);
            actual.Remove(attribute);
        }

        Assert.Empty(Differences(expected, actual));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_consumer_reads_the_vectors_envelope(string name)
    {
        var expected = WireFolder.Vector("events.json", name).GetProperty("envelope");

        Assert.True(EventEnvelopeReader.TryRead(JsonSerializer.SerializeToUtf8Bytes(expected), out var envelope, out var error), error);

        Assert.Equal(expected.GetProperty("id").GetString(), envelope.Id);
        Assert.Equal(expected.GetProperty("time").GetDateTimeOffset(), envelope.Time);
        Assert.Equal(expected.GetProperty("subject").GetString(), envelope.GetAttribute(EnvelopeAttributes.Subject));
        Assert.True(JsonElement.DeepEquals(expected.GetProperty("data"), envelope.Data));
    }

    private static string? TraceOf(JsonObject envelope) => ((string?)envelope["traceparent"])?[..35];

    private static IEnumerable<string> Differences(JsonObject expected, JsonObject actual) =>
        expected.Select(member => member.Key).Union(actual.Select(member => member.Key))
            .Where(name => expected.ContainsKey(name) != actual.ContainsKey(name) || !JsonNode.DeepEquals(expected[name], actual[name]))
            .Select(name => $"{name}: expected {expected[name]?.ToJsonString() ?? "none"}, was {actual[name]?.ToJsonString() ?? "none"}");

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$")]
    private static partial Regex UtcTime();
}
