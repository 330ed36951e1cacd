using System.Text;
using System.Text.Json;
using Telemetry.Events;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>What a consumer makes of a record, good or bad.</summary>
public class RecordVectorTests
{
    // The reason of a vector, and the words by which the reader says it.
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["empty"] = "The record has no value;",
        ["not_json"] = "The record is not JSON (",
        ["not_object"] = "The record is a JSON ",
        ["not_unicode"] = "The record holds text that is not valid Unicode;",
        ["missing_specversion"] = "The attribute specversion is missing;",
        ["missing_id"] = "The attribute id is missing;",
        ["missing_source"] = "The attribute source is missing;",
        ["missing_type"] = "The attribute type is missing;",
        ["specversion"] = "The attribute specversion is '",
        ["time"] = "The attribute time is '",
    };

    public static TheoryData<string> Cases => WireFolder.Cases("records.json");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_record_is_read_or_refused_as_its_vector_says(string name)
    {
        var vector = WireFolder.Vector("records.json", name);
        var record = vector.TryGetProperty("base64", out var base64)
            ? base64.GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(vector.GetProperty("record").GetString()!);

        var isRead = EventEnvelopeReader.TryRead(record, out var envelope, out var error);

        if (vector.TryGetProperty("reason", out var reason))
        {
            Assert.False(isRead, "It was read.");
            Assert.StartsWith(Sentences[reason.GetString()!], error, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(isRead, error);
            IsAsExpected(vector.GetProperty("reads"), envelope!);
        }
    }

    [Fact]
    public void Every_reason_has_a_vector() =>
        Assert.Equal(
            Sentences.Keys.Order(),
            WireFolder.Vectors("records.json").Where(vector => vector.TryGetProperty("reason", out _))
                .Select(vector => vector.GetProperty("reason").GetString()!).Distinct().Order());

    private static void IsAsExpected(JsonElement expected, EventEnvelope envelope)
    {
        Assert.Equal(expected.GetProperty("id").GetString(), envelope.Id);
        Assert.Equal(expected.GetProperty("source").GetString(), envelope.Source);
        Assert.Equal(expected.GetProperty("type").GetString(), envelope.Type);
        if (expected.TryGetProperty("time", out var time))
            Assert.Equal(time.GetDateTimeOffset(), envelope.Time);
        else
            Assert.Null(envelope.Time);
        if (expected.TryGetProperty("attributes", out var attributes))
            Assert.Equal(attributes.Deserialize<Dictionary<string, string>>(), envelope.Attributes);
        if (expected.TryGetProperty("data", out var data))
            Assert.True(JsonElement.DeepEquals(data, envelope.Data), envelope.Data.ToString());
    }
}
