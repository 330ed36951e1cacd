using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Events;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Embedded;

/// <summary>From an event to a row, or to the sentence why there is none: by the rules of <see cref="DecodeSql"/>. Pure.</summary>
internal static class DirectRowDecoder
{
    // DECIMAL(38, 12) has 26 digits before the point; .NET's decimal has 28 or 29 in all.
    private const decimal LargestDecimal = 99_999_999_999_999_999_999_999_999m;

    public static bool TryDecode(
        TopicSchema schema, ConsumedEvent consumed, [NotNullWhen(true)] out DirectRow? row, [NotNullWhen(false)] out string? reason)
    {
        row = null;
        if (DirectRecordRules.FindFault(consumed.Value.Span) is { } fault)
        {
            reason = fault;
            return false;
        }

        var envelope = consumed.Envelope;
        if (envelope.Time is not { } time || time.Year is < 1970 or > 2299)
        {
            reason = "The attribute time is missing, or no RFC 3339 time from 1970 to 2299, such as 2026-01-31T12:00:00Z.";
            return false;
        }

        ulong sequence = 0;
        if (envelope.GetAttribute(EnvelopeAttributes.Sequence) is { Length: > 0 } digits &&
            (digits.Length > 20 || !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out sequence)))
        {
            reason = $"The attribute sequence is '{Shorten(digits)}'; it is a number of at most 20 digits and 64 bits.";
            return false;
        }

        if (envelope.Data.ValueKind != JsonValueKind.Object)
        {
            reason = "The event has no data object.";
            return false;
        }

        var values = new object?[schema.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var column = schema.Columns[i];
            var isThere = envelope.Data.TryGetProperty(column.Field, out var value) && value.ValueKind != JsonValueKind.Null;
            if (isThere && !TryConvert(column.Type, value, out values[i]))
            {
                reason = $"data.{column.Field} is {Shorten(value.GetRawText())}; it must be {column.Type.Words}.";
                return false;
            }

            if (!isThere && column.RequiredBy.Contains(envelope.Type))
            {
                reason = $"data.{column.Field} is missing; {envelope.Type} must have it.";
                return false;
            }
        }

        var milliseconds = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        row = new DirectRow(consumed, milliseconds.UtcDateTime, sequence, values);
        reason = null;
        return true;
    }

    private static bool TryConvert(ColumnType type, JsonElement value, out object? converted)
    {
        converted = null;
        if (type.IsJson)
        {
            converted = value.GetRawText();
            return type.Json is [] || value.ValueKind == (type.Json[0] == "Object" ? JsonValueKind.Object : JsonValueKind.Array);
        }

        try
        {
            converted = (type.DuckDb, value.ValueKind) switch
            {
                ("VARCHAR", JsonValueKind.String) => value.GetString(),
                ("BOOLEAN", JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
                // Also where it is a whole number, 1.0 and 1e3 are none on the wire.
                ("BIGINT", JsonValueKind.Number) when value.TryGetInt64(out var number) && IsDigits(value) => number,
                ("UBIGINT", JsonValueKind.Number) when value.TryGetUInt64(out var number) && IsDigits(value) => number,
                ("DOUBLE", JsonValueKind.Number) when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
                (ColumnType.Decimal, JsonValueKind.Number) when value.TryGetDecimal(out var number) && Math.Abs(number) <= LargestDecimal =>
                    Math.Round(number, ColumnType.DecimalScale, MidpointRounding.ToZero),
                ("UUID", JsonValueKind.String) when value.TryGetGuid(out var guid) => guid,
                ("TIMESTAMP", JsonValueKind.String) when DirectRecordRules.IsTime(value.GetString()!) && value.TryGetDateTimeOffset(out var time) => time.UtcDateTime,
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: no text.
        }

        return converted is not null;
    }

    private static bool IsDigits(JsonElement number) => number.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64];
}
