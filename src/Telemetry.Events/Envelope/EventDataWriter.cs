using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Telemetry.Events.Envelope;

namespace Telemetry.Events;

/// <summary>Writes the members of an event's <c>data</c> object. A null value leaves its member out.</summary>
/// <remarks>
/// Names are UTF-8 and snake_case by the wire contract. Strings are escaped; a lone surrogate becomes U+FFFD. The writer is
/// valid only within the <see cref="IEventData.WriteData"/> call that received it. It writes straight into the thread's
/// buffer: an event without numbers of its own formatting allocates nothing.
/// </remarks>
public ref partial struct EventDataWriter
{
    private static readonly SearchValues<byte> PlainName =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."u8);

    // Comma, two quotation marks and a colon around a name; two quotation marks around a value.
    private const int MemberOverhead = 6;
    private const int MaxNumberLength = 40;

    private readonly EventBuffer _buffer;
    private Span<byte> _bytes;
    private int _position;

    internal EventDataWriter(EventBuffer buffer, int position)
    {
        _buffer = buffer;
        _bytes = buffer.Bytes;
        _position = position;
    }

    /// <summary>Bytes in the buffer so far, those before the data included.</summary>
    internal readonly int Position => _position;

    /// <summary>Writes a string, or nothing for null.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        WriteName(name, (value.Length * JsonText.MaxBytesPerChar) + 2);
        WriteText(value);
    }

    /// <summary>Writes a UUID in its 36-character form.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, Guid value)
    {
        WriteName(name, EventIdGenerator.TextLength + 2);
        WriteQuoted(value);
    }

    /// <summary>Writes a moment as RFC 3339 with seven digits of a second, in UTC.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        WriteName(name, TimestampFormatter.TextLength + 2);
        WriteQuoted(value);
    }

    /// <summary>Writes an integer.</summary>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, long value)
    {
        WriteName(name, MaxNumberLength);
        WriteFormatted(value);
    }

    /// <summary>Writes a number, with the fewest digits that read back as the same one.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, double value)
    {
        ThrowUnlessFinite(double.IsFinite(value), value);
        WriteName(name, MaxNumberLength);
        WriteFormatted(value);
    }

    /// <summary>Writes a decimal number, digits kept as they are.</summary>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, decimal value)
    {
        WriteName(name, MaxNumberLength);
        WriteFormatted(value);
    }

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(scoped ReadOnlySpan<byte> name, bool value)
    {
        WriteName(name, 5);
        WriteRaw(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes bytes that are JSON already, without a comma before them.</summary>
    internal void WriteRaw(scoped ReadOnlySpan<byte> json)
    {
        Ensure(json.Length);
        json.CopyTo(_bytes[_position..]);
        _position += json.Length;
    }

    /// <summary>Writes a member of the envelope itself, under a name that needs no escape.</summary>
    internal void WriteAttribute(string name, string value)
    {
        Ensure((name.Length * JsonText.MaxBytesPerChar) + (value.Length * JsonText.MaxBytesPerChar) + MemberOverhead);
        WriteComma();
        WriteText(name);
        _bytes[_position++] = (byte)':';
        Ensure((value.Length * JsonText.MaxBytesPerChar) + 2);
        WriteText(value);
    }

    /// <summary>Looks at the buffer again: a copy of this writer may have made it grow.</summary>
    internal void Rebase() => _bytes = _buffer.Bytes;

    internal void WriteAscii(string text)
    {
        Ensure(text.Length);
        Ascii.FromUtf16(text, _bytes[_position..], out var written);
        _position += written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int extra)
    {
        if (extra > _bytes.Length - _position)
            _bytes = _buffer.Grow(_position, extra);
    }

    /// <summary>Writes a comma where one belongs, the name and a colon, and makes room for the value and what closes the event.</summary>
    private void WriteName(scoped ReadOnlySpan<byte> name, int valueLength)
    {
        if (name.IndexOfAnyExcept(PlainName) >= 0)
        {
            WriteEscapedName(Encoding.UTF8.GetString(name), valueLength);
            return;
        }

        Ensure(name.Length + valueLength + MemberOverhead);
        WriteComma();
        var bytes = _bytes[_position..];
        bytes[0] = (byte)'"';
        name.CopyTo(bytes[1..]);
        bytes[name.Length + 1] = (byte)'"';
        bytes[name.Length + 2] = (byte)':';
        _position += name.Length + 3;
    }

    private void WriteEscapedName(string name, int valueLength)
    {
        Ensure((name.Length * JsonText.MaxEscapedBytesPerChar) + valueLength + MemberOverhead);
        WriteComma();
        WriteText(name);
        _bytes[_position++] = (byte)':';
    }

    // What opened last tells: no state to keep, and none to restore when a nested object ends.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteComma()
    {
        if (_bytes[_position - 1] is not ((byte)'{' or (byte)'['))
            _bytes[_position++] = (byte)',';
    }

    /// <summary>Writes a quoted string. There is room for it unless a character must be escaped.</summary>
    private void WriteText(string value)
    {
        if (JsonText.IndexOfEscaped(value) >= 0)
            Ensure((value.Length * JsonText.MaxEscapedBytesPerChar) + 2);
        var bytes = _bytes[_position..];
        bytes[0] = (byte)'"';
        var length = JsonText.WriteEscaped(value, bytes[1..]);
        bytes[length + 1] = (byte)'"';
        _position += length + 2;
    }

    private void WriteQuoted(Guid value)
    {
        var bytes = _bytes[_position..];
        bytes[0] = (byte)'"';
        value.TryFormat(bytes[1..], out var length);
        bytes[length + 1] = (byte)'"';
        _position += length + 2;
    }

    private void WriteQuoted(DateTimeOffset value)
    {
        var bytes = _bytes[_position..];
        bytes[0] = (byte)'"';
        TimestampFormatter.Format(value.UtcDateTime, bytes[1..]);
        bytes[TimestampFormatter.TextLength + 1] = (byte)'"';
        _position += TimestampFormatter.TextLength + 2;
    }

    private void WriteFormatted<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(_bytes[_position..], out var length, default, CultureInfo.InvariantCulture);
        _position += length;
    }

    private static void ThrowUnlessFinite(bool isFinite, double value)
    {
        if (!isFinite)
            throw new ArgumentException($"{value.ToString(CultureInfo.InvariantCulture)} is not a JSON number. Leave the member out, or send a finite value.", nameof(value));
    }
}
