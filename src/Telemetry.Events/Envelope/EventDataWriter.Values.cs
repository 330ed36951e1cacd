using System.Text.Json;

namespace Telemetry.Events;

/// <content>Objects and arrays within the data, and the members that only generated code needs.</content>
public readonly ref partial struct EventDataWriter
{
    /// <summary>Writes a number with the digits that a <see cref="float"/> has, not those of its widened value.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumber(ReadOnlySpan<byte> name, float value) => _json.WriteNumber(name, value);

    /// <summary>Writes any JSON value, or nothing for an undefined one.</summary>
    public void WriteJson(ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return;
        _json.WritePropertyName(name);
        value.WriteTo(_json);
    }

    /// <summary>Opens an object under a name; its members follow, then <see cref="WriteEndObject"/>.</summary>
    public void WriteStartObject(ReadOnlySpan<byte> name) => _json.WriteStartObject(name);

    /// <summary>Opens an object as an array's element.</summary>
    public void WriteStartObject() => _json.WriteStartObject();

    /// <summary>Closes the object opened last.</summary>
    public void WriteEndObject() => _json.WriteEndObject();

    /// <summary>Opens an array under a name; its elements follow, then <see cref="WriteEndArray"/>.</summary>
    public void WriteStartArray(ReadOnlySpan<byte> name) => _json.WriteStartArray(name);

    /// <summary>Closes the array opened last.</summary>
    public void WriteEndArray() => _json.WriteEndArray();

    /// <summary>Writes a string as an array's element; null is written as null, so that positions stay.</summary>
    public void WriteStringValue(string? value) => _json.WriteStringValue(value);

    /// <summary>Writes a UUID as an array's element.</summary>
    public void WriteStringValue(Guid value) => _json.WriteStringValue(value);

    /// <summary>Writes a moment as an array's element: RFC 3339, in UTC.</summary>
    public void WriteStringValue(DateTimeOffset value) => _json.WriteStringValue(value.UtcDateTime);

    /// <summary>Writes an integer as an array's element.</summary>
    public void WriteNumberValue(long value) => _json.WriteNumberValue(value);

    /// <summary>Writes a number as an array's element.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumberValue(double value) => _json.WriteNumberValue(value);

    /// <inheritdoc cref="WriteNumberValue(double)"/>
    public void WriteNumberValue(float value) => _json.WriteNumberValue(value);

    /// <summary>Writes a decimal number as an array's element, digits kept as they are.</summary>
    public void WriteNumberValue(decimal value) => _json.WriteNumberValue(value);

    /// <summary>Writes true or false as an array's element.</summary>
    public void WriteBooleanValue(bool value) => _json.WriteBooleanValue(value);

    /// <summary>Writes any JSON value as an array's element; an undefined one as null.</summary>
    public void WriteJsonValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            _json.WriteNullValue();
        else
            value.WriteTo(_json);
    }

    /// <summary>Writes null as an array's element.</summary>
    public void WriteNullValue() => _json.WriteNullValue();
}
