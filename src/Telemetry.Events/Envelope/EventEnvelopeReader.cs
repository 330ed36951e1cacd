using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Telemetry.Events;

/// <summary>
/// Reads structured-mode CloudEvents 1.0 JSON. Unknown attributes are kept; what is missing or malformed is said in words.
/// </summary>
public static class EventEnvelopeReader
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 64 };

    /// <summary>Reads one record's value.</summary>
    /// <param name="json">The bytes; not kept.</param>
    /// <param name="envelope">The event, where the result is true.</param>
    /// <param name="error">A sentence that names what is wrong, where the result is false.</param>
    /// <returns>Whether the bytes are an event.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out EventEnvelope? envelope,
        [NotNullWhen(false)] out string? error)
    {
        envelope = null;
        try
        {
            using var document = JsonDocument.Parse(json, DocumentOptions);
            CheckText(json.Span, document.RootElement);
            return TryRead(document.RootElement, out envelope, out error);
        }
        catch (JsonException exception)
        {
            error = json.IsEmpty
                ? "The record has no value; an event is a CloudEvents JSON object."
                : $"The record is not JSON ({Position(exception)}); an event is a CloudEvents 1.0 JSON object.";
            return false;
        }
        catch (InvalidOperationException)
        {
            error = "The record holds text that is not valid Unicode; an event is JSON in UTF-8.";
            return false;
        }
    }

    private static bool TryRead(
        JsonElement root, [NotNullWhen(true)] out EventEnvelope? envelope, [NotNullWhen(false)] out string? error)
    {
        envelope = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            error = $"The record is a JSON {root.ValueKind.ToString().ToLowerInvariant()}; an event is a CloudEvents 1.0 JSON object.";
            return false;
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonElement data = default;
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals(EnvelopeAttributes.Data))
                data = member.Value;
            else if (Text(member.Value) is { } text)
                attributes[member.Name] = text;
        }

        error = Missing(attributes);
        if (error is not null)
            return false;

        DateTimeOffset? time = null;
        if (attributes.Remove(EnvelopeAttributes.Time, out var timeText))
        {
            if (!IsTimestamp(timeText) || !DateTimeOffset.TryParse(
                    timeText, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            {
                error = $"The attribute time is '{Shorten(timeText)}', which is no RFC 3339 time such as 2026-01-31T12:00:00Z.";
                return false;
            }

            time = parsed;
        }

        attributes.Remove(EnvelopeAttributes.SpecVersion);
        attributes.Remove(EnvelopeAttributes.Id, out var id);
        attributes.Remove(EnvelopeAttributes.Source, out var source);
        attributes.Remove(EnvelopeAttributes.Type, out var type);
        envelope = new EventEnvelope
        {
            Id = id!,
            Source = source!,
            Type = type!,
            Time = time,
            Attributes = attributes,
            Data = data.ValueKind == JsonValueKind.Undefined ? default : data.Clone(),
        };
        return true;
    }

    // What .NET takes for a time beyond RFC 3339, such as 12:00 (today), would be an event with a time that nobody sent. A sender
    // without a zone means UTC.
    private static bool IsTimestamp(ReadOnlySpan<char> text)
    {
        const string Seconds = "0000-00-00T00:00:00";
        if (text.Length < Seconds.Length || !HasForm(text[..Seconds.Length], Seconds))
            return false;
        var rest = text[Seconds.Length..];
        if (rest is ['.', .. var fraction])
        {
            var digits = fraction.IndexOfAnyExceptInRange('0', '9');
            if (fraction.IsEmpty || digits == 0)
                return false;
            rest = digits < 0 ? default : fraction[digits..];
        }

        return rest is "" or "Z" or "z" || (rest is ['+' or '-', ..] && HasForm(rest[1..], "00:00"));
    }

    private static bool HasForm(ReadOnlySpan<char> text, string form)
    {
        if (text.Length != form.Length)
            return false;
        for (var i = 0; i < form.Length; i++)
        {
            var fits = form[i] switch
            {
                '0' => char.IsAsciiDigit(text[i]),
                'T' => text[i] is 'T' or 't' or ' ',
                var separator => text[i] == separator,
            };
            if (!fits)
                return false;
        }

        return true;
    }

    // JSON is parsed without looking into its texts. A handler that asked for one that is not valid UTF-8, or that escapes a lone
    // surrogate, would get an exception; and a consumer whose handler throws reads the record again, for good.
    private static void CheckText(ReadOnlySpan<byte> json, JsonElement root)
    {
        if (!Utf8.IsValid(json))
            throw new InvalidOperationException("The text is not valid UTF-8.");
        if (json.IndexOf("\\u"u8) >= 0)
            CheckEscapes(root);
    }

    private static void CheckEscapes(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    CheckEscapes(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    CheckEscapes(item);
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private static string? Missing(Dictionary<string, string> attributes)
    {
        foreach (var name in (ReadOnlySpan<string>)
                 [EnvelopeAttributes.SpecVersion, EnvelopeAttributes.Id, EnvelopeAttributes.Source, EnvelopeAttributes.Type])
        {
            if (!attributes.TryGetValue(name, out var value) || value.Length == 0)
                return $"The attribute {name} is missing; CloudEvents 1.0 requires specversion, id, source and type as strings.";
        }

        var version = attributes[EnvelopeAttributes.SpecVersion];
        return version == "1.0" ? null : $"The attribute specversion is '{Shorten(version)}'; only 1.0 is known.";
    }

    // CloudEvents attributes may be booleans and integers too; their canonical string form is their JSON text.
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static string Position(JsonException exception) =>
        $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
