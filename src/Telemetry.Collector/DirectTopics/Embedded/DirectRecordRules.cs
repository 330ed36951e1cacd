using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Events;

namespace Telemetry.Collector.DirectTopics.Embedded;

/// <summary>
/// What a direct topic's record must keep beyond what the envelope's reader asks: ClickHouse's own limits, so that both modes take the
/// same records. Pure.
/// </summary>
internal static partial class DirectRecordRules
{
    /// <summary>A sentence for what is wrong, or null.</summary>
    /// <param name="record">A record that the envelope's reader has taken.</param>
    public static string? FindFault(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = DecodeSql.MaxDepth });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (FindAttributeFault(name, ref reader) is { } fault)
                    return fault;
                if (!NumbersFit(ref reader))
                    return DecodeSql.NoJson;
            }

            return null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: no text.
            return DecodeSql.NoJson;
        }
    }

    /// <summary>Whether a text is a time as producers write it, from 1970 to 2299.</summary>
    // The pattern's end also matches before a line feed, which is then not a part of the match.
    public static bool IsTime(string text) => TimePattern().Match(text) is { Success: true } match && match.Length == text.Length;

    private static string? FindAttributeFault(string name, ref Utf8JsonReader value)
    {
        if (value.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            return name == "data" ? null : $"The attribute {name} is an object or an array; an attribute is a string.";
        if (!DecodeSql.RequiredAttributes.Contains(name))
            return null;
        if (value.TokenType != JsonTokenType.String || value.ValueSpan.IsEmpty)
            return DecodeSql.NoString(name);
        return name == EnvelopeAttributes.Time && value.GetString() is { } time && !IsTime(time) ? DecodeSql.NoTime(time) : null;
    }

    // Reads to the end of the value that the reader stands at.
    private static bool NumbersFit(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return Fits(reader.ValueSpan);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return true;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.Number && !Fits(reader.ValueSpan))
                return false;
        }

        return true;
    }

    private static bool Fits(ReadOnlySpan<byte> number) => number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0
        ? long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) || ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        : double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    [GeneratedRegex(DecodeSql.TimePattern)]
    private static partial Regex TimePattern();
}
