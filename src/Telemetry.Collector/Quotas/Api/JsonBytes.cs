using System.Text.Encodings.Web;
using System.Text.Unicode;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>
/// Writes JSON as bytes, one piece after the other; the caller writes the punctuation. One a thread, kept: it is rented by
/// <see cref="Rent"/>, and everything must be copied out of it before anything is awaited.
/// </summary>
internal sealed class JsonBytes
{
    private const int KeptLength = 256 * 1024;

    [ThreadStatic]
    private static JsonBytes? _ofThread;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>This thread's own, emptied.</summary>
    public static JsonBytes Rent()
    {
        var json = _ofThread ??= new JsonBytes();
        if (json._bytes.Length > KeptLength)
            json._bytes = new byte[KeptLength];
        json._length = 0;
        return json;
    }

    /// <summary>Bytes as they are.</summary>
    public JsonBytes Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
        return this;
    }

    public JsonBytes Amount(QuotaAmount amount)
    {
        _length += QuotaAmountNumber.Format(amount, Room(QuotaAmountNumber.MaxLength));
        return this;
    }

    public JsonBytes Amount(QuotaAmount? amount) => amount is { } some ? Amount(some) : Raw("null"u8);

    public JsonBytes Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public JsonBytes Number(long value)
    {
        value.TryFormat(Room(20), out var written);
        _length += written;
        return this;
    }

    /// <summary>A time as RFC 3339 in UTC.</summary>
    public JsonBytes Time(DateTimeOffset? time)
    {
        if (time is not { } some)
            return Raw("null"u8);
        var room = Room(40);
        room[0] = (byte)'"';
        some.UtcDateTime.TryFormat(room[1..], out var written, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", System.Globalization.CultureInfo.InvariantCulture);
        room[written + 1] = (byte)'"';
        _length += written + 2;
        return this;
    }

    /// <summary>A text, escaped.</summary>
    public JsonBytes Text(string? text)
    {
        if (text is null)
            return Raw("null"u8);
        // A character becomes six bytes at most: \u0000.
        var room = Room((text.Length * 6) + 2);
        room[0] = (byte)'"';
        Utf8.FromUtf16(NeedsEscape(text) ? JavaScriptEncoder.Default.Encode(text) : text, room[1..], out _, out var length);
        room[length + 1] = (byte)'"';
        _length += length + 2;
        return this;
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.' or ' ' or '/' or ':' or '@'))
                return true;
        }

        return false;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }
}
