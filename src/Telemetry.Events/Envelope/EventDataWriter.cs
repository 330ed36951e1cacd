using System.Text.Json;

namespace Telemetry.Events;

/// <summary>Writes the members of an event's <c>data</c> object. A null value leaves its member out.</summary>
/// <remarks>
/// Names are UTF-8 and snake_case by the wire contract. Strings are escaped; a lone surrogate becomes U+FFFD. The writer is
/// valid only within the <see cref="IEventData.WriteData"/> call that received it.
/// </remarks>
public readonly ref partial struct EventDataWriter
{
    private readonly Utf8JsonWriter _json;

    internal EventDataWriter(Utf8JsonWriter json) => _json = json;

    /// <summary>Writes a string, or nothing for null.</summary>
    public void WriteString(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            _json.WriteString(name, value);
    }

    /// <summary>Writes a UUID in its 36-character form.</summary>
    public void WriteString(ReadOnlySpan<byte> name, Guid value) => _json.WriteString(name, value);

    /// <summary>Writes a moment as RFC 3339, in UTC.</summary>
    public void WriteString(ReadOnlySpan<byte> name, DateTimeOffset value) => _json.WriteString(name, value.UtcDateTime);

    /// <summary>Writes an integer.</summary>
    public void WriteNumber(ReadOnlySpan<byte> name, long value) => _json.WriteNumber(name, value);

    /// <summary>Writes a number.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumber(ReadOnlySpan<byte> name, double value) => _json.WriteNumber(name, value);

    /// <summary>Writes a decimal number, digits kept as they are.</summary>
    public void WriteNumber(ReadOnlySpan<byte> name, decimal value) => _json.WriteNumber(name, value);

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(ReadOnlySpan<byte> name, bool value) => _json.WriteBoolean(name, value);

    /// <summary>Writes any JSON value under a name known only at run time.</summary>
    public void WriteJson(string name, JsonElement value)
    {
        _json.WritePropertyName(name);
        value.WriteTo(_json);
    }
}
