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
        if (value is not null)
            _position = PutText(value, PutName(name, (value.Length * JsonText.MaxBytesPerChar) + 2));
    }

    /// <summary>Writes a UUID in its 36-character form.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, Guid value) =>
        _position = PutQuoted(value, PutName(name, EventIdGenerator.TextLength + 2));

    /// <summary>Writes a moment as RFC 3339 with seven digits of a second, in UTC.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, DateTimeOffset value) =>
        _position = PutQuoted(value, PutName(name, TimestampFormatter.TextLength + 2));

    /// <summary>Writes an integer.</summary>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, long value) =>
        _position = PutFormatted(value, PutName(name, MaxNumberLength));

    /// <summary>Writes a number, with the fewest digits that read back as the same one.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, double value)
    {
        ThrowUnlessFinite(double.IsFinite(value), value);
        _position = PutFormatted(value, PutName(name, MaxNumberLength));
    }

    /// <summary>Writes a decimal number, digits kept as they are.</summary>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, decimal value) =>
        _position = PutFormatted(value, PutName(name, MaxNumberLength));

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(scoped ReadOnlySpan<byte> name, bool value)
    {
        _position = PutName(name, 5);
        WriteRaw(value ? "true"u8 : "false"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int extra)
    {
        if (extra > _bytes.Length - _position)
            _bytes = _buffer.Grow(_position, extra);
    }

    // From here on positions are passed on and stored once a member: a payload holds the writer by reference, so that the field
    // is memory, and each step through it would wait for the one before.

    /// <summary>Writes a comma where one belongs, the name and a colon, and makes room for the value and what closes the event.</summary>
    /// <returns>Where the value begins.</returns>
    private int PutName(scoped ReadOnlySpan<byte> name, int valueLength)
    {
        if (!JsonText.IsPlain(name))
            return PutEscapedName(Encoding.UTF8.GetString(name), valueLength);

        Ensure(name.Length + valueLength + MemberOverhead);
        var position = PutComma(_position);
        var bytes = _bytes.Slice(position, name.Length + 3);
        bytes[0] = (byte)'"';
        name.CopyTo(bytes[1..]);
        bytes[^2] = (byte)'"';
        bytes[^1] = (byte)':';
        return position + bytes.Length;
    }

    private int PutEscapedName(string name, int valueLength)
    {
        Ensure((name.Length * JsonText.MaxEscapedBytesPerChar) + valueLength + MemberOverhead);
        var position = PutText(name, PutComma(_position));
        _bytes[position] = (byte)':';
        return position + 1;
    }

    // What opened last tells: no state to keep, and none to restore when a nested object ends.
    private readonly int PutComma(int position)
    {
        if (_bytes[position - 1] is (byte)'{' or (byte)'[')
            return position;
        _bytes[position] = (byte)',';
        return position + 1;
    }

    /// <summary>Writes a quoted string. There is room for it unless a character must be escaped.</summary>
    private int PutText(string value, int position)
    {
        var bytes = _bytes[position..];
        if (!JsonText.TryWritePlain(value, bytes[1..]))
            return PutUnusualText(value, position);

        bytes[0] = (byte)'"';
        bytes[value.Length + 1] = (byte)'"';
        return position + value.Length + 2;
    }

    private int PutUnusualText(string value, int position)
    {
        // Grow keeps what is before the position only when told so.
        _position = position;
        if (JsonText.IndexOfEscaped(value) >= 0)
            Ensure((value.Length * JsonText.MaxEscapedBytesPerChar) + 2);
        var bytes = _bytes[position..];
        bytes[0] = (byte)'"';
        var length = JsonText.WriteEscaped(value, bytes[1..]);
        bytes[length + 1] = (byte)'"';
        return position + length + 2;
    }

    private readonly int PutQuoted(Guid value, int position)
    {
        var bytes = _bytes[position..];
        bytes[0] = (byte)'"';
        value.TryFormat(bytes[1..], out var length);
        bytes[length + 1] = (byte)'"';
        return position + length + 2;
    }

    private readonly int PutQuoted(DateTimeOffset value, int position)
    {
        var bytes = _bytes[position..];
        bytes[0] = (byte)'"';
        TimestampFormatter.Format(value.UtcDateTime, bytes[1..]);
        bytes[TimestampFormatter.TextLength + 1] = (byte)'"';
        return position + TimestampFormatter.TextLength + 2;
    }

    private readonly int PutFormatted<T>(T value, int position)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(_bytes[position..], out var length, default, CultureInfo.InvariantCulture);
        return position + length;
    }

    private static void ThrowUnlessFinite(bool isFinite, double value)
    {
        if (!isFinite)
            throw new ArgumentException($"{value.ToString(CultureInfo.InvariantCulture)} is not a JSON number. Leave the member out, or send a finite value.", nameof(value));
    }
}
