using System.Buffers;
using System.Text.Json;
using Telemetry.Events.Envelope;

namespace Telemetry.Events;

/// <content>Objects, arrays and JSON within the data.</content>
public ref partial struct EventDataWriter
{
    /// <summary>Writes a number with the digits that a <see cref="float"/> has, not those of its widened value.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, float value)
    {
        ThrowUnlessFinite(float.IsFinite(value), value);
        PutFormatted(value, PutName(name, MaxNumberLength));
    }

    /// <summary>Writes any JSON value, or nothing for an undefined one.</summary>
    public void WriteJson(scoped ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return;
        _position = PutName(name, 0);
        WriteElement(value);
    }

    /// <summary>Writes any JSON value under a name known only at run time, or nothing for an undefined one.</summary>
    public void WriteJson(string name, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (value.ValueKind == JsonValueKind.Undefined)
            return;
        _position = PutEscapedName(name, 0);
        WriteElement(value);
    }

    /// <summary>Opens an object under a name; its members follow, then <see cref="WriteEndObject"/>.</summary>
    public void WriteStartObject(scoped ReadOnlySpan<byte> name) => Open((byte)'{', PutName(name, 0));

    /// <summary>Opens an object as an array's element.</summary>
    public void WriteStartObject()
    {
        Ensure(1);
        Open((byte)'{', _position);
    }

    /// <summary>Closes the object opened last.</summary>
    public void WriteEndObject() => Close((byte)'}');

    /// <summary>Opens an array under a name; its elements follow, then <see cref="WriteEndArray"/>.</summary>
    public void WriteStartArray(scoped ReadOnlySpan<byte> name) => Open((byte)'[', PutName(name, 0));

    /// <summary>Closes the array opened last.</summary>
    public void WriteEndArray() => Close((byte)']');

    /// <summary>Writes a string as an array's element; null is written as null, so that positions stay.</summary>
    public void WriteStringValue(string? value)
    {
        if (value is null)
        {
            WriteNullValue();
            return;
        }

        Ensure(value.Length + MemberOverhead);
        PutText(value, _position);
    }

    /// <summary>Writes a UUID as an array's element.</summary>
    public void WriteStringValue(Guid value)
    {
        Ensure(EventIdGenerator.TextLength + MemberOverhead);
        PutQuoted(value, _position);
    }

    /// <summary>Writes a moment as an array's element: RFC 3339, in UTC.</summary>
    public void WriteStringValue(DateTimeOffset value)
    {
        Ensure(TimestampFormatter.TextLength + MemberOverhead);
        PutQuoted(value, _position);
    }

    /// <summary>Writes an integer as an array's element.</summary>
    public void WriteNumberValue(long value)
    {
        Ensure(MaxNumberLength + MemberOverhead);
        PutFormatted(value, _position);
    }

    /// <summary>Writes a number as an array's element.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumberValue(double value)
    {
        ThrowUnlessFinite(double.IsFinite(value), value);
        Ensure(MaxNumberLength + MemberOverhead);
        PutFormatted(value, _position);
    }

    /// <inheritdoc cref="WriteNumberValue(double)"/>
    public void WriteNumberValue(float value)
    {
        ThrowUnlessFinite(float.IsFinite(value), value);
        Ensure(MaxNumberLength + MemberOverhead);
        PutFormatted(value, _position);
    }

    /// <summary>Writes a decimal number as an array's element, digits kept as they are.</summary>
    public void WriteNumberValue(decimal value)
    {
        Ensure(MaxNumberLength + MemberOverhead);
        PutFormatted(value, _position);
    }

    /// <summary>Writes true or false as an array's element.</summary>
    public void WriteBooleanValue(bool value) => WriteRaw(value ? "true,"u8 : "false,"u8);

    /// <summary>Writes any JSON value as an array's element; an undefined one as null.</summary>
    public void WriteJsonValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            WriteNullValue();
            return;
        }

        WriteElement(value);
    }

    /// <summary>Writes null as an array's element.</summary>
    public void WriteNullValue() => WriteRaw("null,"u8);

    // Written anew rather than copied, so that white space and odd escapes of its source do not travel on. Payloads of unknown
    // shape are the slow path; this one allocates.
    private void WriteElement(JsonElement value)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, EnvelopeJson.WriterOptions))
            value.WriteTo(writer);
        WriteRaw(json.WrittenSpan);
        WriteRaw(","u8);
    }
}
