using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>Turns JSON in a buffer into the bytes that Kafka gets, in place: they are never longer.</summary>
internal static class FieldDecoder
{
    /// <summary>Where the value at the reader stands, quotes excluded. Moves the reader to the value's end.</summary>
    public static bool TryRange(ref Utf8JsonReader reader, out Slice range)
    {
        var start = (int)reader.TokenStartIndex;
        range = Slice.Null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                if (!reader.TrySkip())
                    return false;
                break;
        }

        range = new Slice(start, (int)reader.BytesConsumed - start);
        return true;
    }

    /// <summary>Decodes a value found by <see cref="TryRange"/>; false if it is not of the format.</summary>
    public static bool TryDecode(byte[] buffer, EmbeddedFormat format, ref Slice value)
    {
        if (value.IsNull)
            return true;

        if (format == EmbeddedFormat.Json)
        {
            value = value with { Length = Minify(buffer.AsSpan(value.Start, value.Length)) };
            return true;
        }

        if (!TryUnquote(buffer, ref value))
            return false;
        if (format == EmbeddedFormat.String)
            return true;

        var status = Base64.DecodeFromUtf8InPlace(buffer.AsSpan(value.Start, value.Length), out var written);
        value = value with { Length = written };
        return status == OperationStatus.Done;
    }

    /// <summary>Makes a slice of a quoted JSON string one of its characters; false if it is no string.</summary>
    public static bool TryUnquote(byte[] buffer, ref Slice text)
    {
        var quoted = text.In(buffer);
        if (quoted.Length < 2 || quoted[0] != '"')
            return false;

        var inner = new Slice(text.Start + 1, text.Length - 2);
        if (inner.In(buffer).Contains((byte)'\\'))
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            var unescaped = ArrayPool<byte>.Shared.Rent(text.Length);
            var length = reader.CopyString(unescaped);
            unescaped.AsSpan(0, length).CopyTo(buffer.AsSpan(inner.Start));
            ArrayPool<byte>.Shared.Return(unescaped);
            inner = inner with { Length = length };
        }

        text = inner;
        return true;
    }

    // The real proxies parse a JSON value and write it again, compact.
    private static int Minify(Span<byte> json)
    {
        var length = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (!inString && c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                continue;
            json[length++] = c;
            if (c == '"')
                inString = !inString;
            else if (inString && c == '\\')
                json[length++] = json[++i];
        }

        return length;
    }
}
