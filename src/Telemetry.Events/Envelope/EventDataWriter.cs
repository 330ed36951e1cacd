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
    // Two quotation marks and a colon around a name; two quotation marks and a comma around a value.
    private const int MemberOverhead = 6;
    private const int MaxNumberLength = 40;

    private readonly EnvelopeScratch _scratch;
    private readonly string? _subject;
    private Span<byte> _bytes;
    private int _position;

    /// <param name="scratch">Where to write.</param>
    /// <param name="subject">The event's subject, which is looked out for among what is written.</param>
    internal EventDataWriter(EnvelopeScratch scratch, string? subject)
    {
        _scratch = scratch;
        _subject = subject;
        _bytes = scratch.Bytes;
        _position = 0;
        SubjectStart = 0;
    }

    /// <summary>Where the subject's text stands, if it was written as a plain member; else 0.</summary>
    internal int SubjectStart { get; private set; }

    /// <summary>Bytes in the buffer so far, those before the data included.</summary>
    internal readonly int Position => _position;

    /// <summary>These bytes; valid until the next is written.</summary>
    internal readonly ReadOnlySpan<byte> Written => _bytes[.._position];

    /// <summary>Writes a string, or nothing for null.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            PutText(value, PutName(name, value.Length));
    }

    /// <summary>Writes a UUID in its 36-character form.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, Guid value) =>
        PutQuoted(value, PutName(name, EventIdGenerator.TextLength));

    /// <summary>Writes a moment as RFC 3339 with seven digits of a second, in UTC.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> name, DateTimeOffset value) =>
        PutQuoted(value, PutName(name, TimestampFormatter.TextLength));

    /// <summary>Writes an integer.</summary>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, long value) => PutFormatted(value, PutName(name, MaxNumberLength));

    /// <summary>Writes a number, with the fewest digits that read back as the same one.</summary>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, double value)
    {
        ThrowUnlessFinite(double.IsFinite(value), value);
        PutFormatted(value, PutName(name, MaxNumberLength));
    }

    /// <summary>Writes a decimal number, digits kept as they are.</summary>
    public void WriteNumber(scoped ReadOnlySpan<byte> name, decimal value) => PutFormatted(value, PutName(name, MaxNumberLength));

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(scoped ReadOnlySpan<byte> name, bool value)
    {
        _position = PutName(name, 0);
        WriteBooleanValue(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int extra)
    {
        if (extra > _bytes.Length - _position)
            _bytes = _scratch.Grow(_position, extra);
    }

    // From here on positions are passed on and stored once a member: a payload holds the writer by reference, so that the field
    // is memory, and each step through it would wait for the one before. A comma is written behind each value, and the bracket that
    // ends an object or array takes the last one's place: so no member has to ask whether it is the first.

    /// <summary>Writes the name and a colon, and makes room for a value of this length with its quotation marks and comma.</summary>
    /// <returns>Where the value begins.</returns>
    private int PutName(scoped ReadOnlySpan<byte> name, int valueLength)
    {
        if (!JsonText.IsPlain(name))
            return PutEscapedName(Encoding.UTF8.GetString(name), valueLength);

        Ensure(name.Length + valueLength + MemberOverhead);
        var bytes = _bytes.Slice(_position, name.Length + 3);
        bytes[0] = (byte)'"';
        name.CopyTo(bytes[1..]);
        bytes[^2] = (byte)'"';
        bytes[^1] = (byte)':';
        return _position + bytes.Length;
    }

    private int PutEscapedName(string name, int valueLength)
    {
        Ensure((name.Length * JsonText.MaxEscapedBytesPerChar) + valueLength + MemberOverhead);
        var bytes = _bytes[_position..];
        bytes[0] = (byte)'"';
        var length = JsonText.WriteEscaped(name, bytes[1..]);
        bytes[length + 1] = (byte)'"';
        bytes[length + 2] = (byte)':';
        return _position + length + 3;
    }

    /// <summary>Writes a quoted string. There is room for it unless it is more than plain text.</summary>
    private void PutText(string value, int position)
    {
        if (JsonText.TryWriteQuoted(value, _bytes[position..]))
            _position = position + value.Length + 3;
        else
            PutUnusualText(value, position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutUnusualText(string value, int position)
    {
        // Grow keeps what is before the position only when told so.
        _position = position;
        var bytesPerChar = JsonText.IndexOfEscaped(value) < 0 ? JsonText.MaxBytesPerChar : JsonText.MaxEscapedBytesPerChar;
        Ensure(checked((value.Length * bytesPerChar) + 3));
        var bytes = _bytes[position..];
        bytes[0] = (byte)'"';
        var length = JsonText.WriteEscaped(value, bytes[1..]);
        bytes[length + 1] = (byte)'"';
        bytes[length + 2] = (byte)',';
        _position = position + length + 3;
    }

    private void PutQuoted(Guid value, int position)
    {
        var bytes = _bytes.Slice(position, EventIdGenerator.TextLength + 3);
        bytes[0] = (byte)'"';
        value.TryFormat(bytes[1..], out _);
        bytes[^2] = (byte)'"';
        bytes[^1] = (byte)',';
        _position = position + bytes.Length;
    }

    private void PutQuoted(DateTimeOffset value, int position)
    {
        var bytes = _bytes.Slice(position, TimestampFormatter.TextLength + 3);
        bytes[0] = (byte)'"';
        TimestampFormatter.Format(value.UtcDateTime, bytes[1..]);
        bytes[^2] = (byte)'"';
        bytes[^1] = (byte)',';
        _position = position + bytes.Length;
    }

    private void PutFormatted<T>(T value, int position)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(_bytes[position..], out var length, default, CultureInfo.InvariantCulture);
        _bytes[position + length] = (byte)',';
        _position = position + length + 1;
    }

    private void Open(byte bracket, int position)
    {
        _bytes[position] = bracket;
        _position = position + 1;
    }

    private void Close(byte bracket)
    {
        Ensure(2);
        var position = _bytes[_position - 1] == (byte)',' ? _position - 1 : _position;
        _bytes[position] = bracket;
        _bytes[position + 1] = (byte)',';
        _position = position + 2;
    }

    private static void ThrowUnlessFinite(bool isFinite, double value)
    {
        if (!isFinite)
            throw new ArgumentException($"{value.ToString(CultureInfo.InvariantCulture)} is not a JSON number. Leave the member out, or send a finite value.", nameof(value));
    }
}
