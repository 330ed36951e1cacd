using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telemetry.Collector.Prometheus;

/// <summary>Reads <c>[1700000000.123, "0.5"]</c>: seconds as a number, the value as a string, because JSON has no NaN.</summary>
internal sealed class SampleJsonConverter : JsonConverter<Sample>
{
    public override Sample Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.Number)
            throw new JsonException("A sample is no [time, value] pair.");
        var milliseconds = Math.Round(reader.GetDouble() * 1000);
        if (Math.Abs(milliseconds) > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            throw new JsonException("A sample's time is out of range.");

        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            throw new JsonException("A sample's value is no string.");
        var value = ParseValue(reader.ValueSpan);

        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
            throw new JsonException("A sample has more than a time and a value.");
        return new Sample((long)milliseconds, value);
    }

    public override void Write(Utf8JsonWriter writer, Sample value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Samples are only read.");

    private static double ParseValue(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("NaN"u8))
            return double.NaN;
        if (text.SequenceEqual("+Inf"u8))
            return double.PositiveInfinity;
        if (text.SequenceEqual("-Inf"u8))
            return double.NegativeInfinity;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("A sample's value is no number.");
    }
}
