using System.Buffers;
using System.Text.Unicode;

namespace Telemetry.Events.Envelope;

/// <summary>
/// Text as the inside of a JSON string in UTF-8 (RFC 8259, section 7): quotation mark, reverse solidus and control characters are
/// escaped, everything else stands as it is; a lone surrogate becomes U+FFFD.
/// </summary>
internal static class JsonText
{
    /// <summary>The most bytes that one UTF-16 code unit can take: <c>\u001f</c>.</summary>
    public const int MaxEscapedBytesPerChar = 6;

    /// <summary>The most bytes that one UTF-16 code unit can take where nothing is escaped.</summary>
    public const int MaxBytesPerChar = 3;

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>Where the first character stands that must be escaped, or -1.</summary>
    public static int IndexOfEscaped(ReadOnlySpan<char> text) => text.IndexOfAny(Escaped);

    /// <summary>Writes text that needs no escape. The destination has room for <see cref="MaxBytesPerChar"/> a character.</summary>
    public static int WritePlain(ReadOnlySpan<char> text, Span<byte> destination)
    {
        Utf8.FromUtf16(text, destination, out _, out var written, replaceInvalidSequences: true);
        return written;
    }

    /// <summary>Writes any text. The destination has room for <see cref="MaxEscapedBytesPerChar"/> a character.</summary>
    public static int WriteEscaped(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var next = IndexOfEscaped(text);
            written += WritePlain(next < 0 ? text : text[..next], destination[written..]);
            if (next < 0)
                return written;
            written += WriteEscape(text[next], destination[written..]);
            text = text[(next + 1)..];
        }
    }

    private static int WriteEscape(char c, Span<byte> destination)
    {
        var letter = c switch
        {
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            _ => (byte)0,
        };
        if (letter != 0)
        {
            destination[0] = (byte)'\\';
            destination[1] = letter;
            return 2;
        }

        "\\u00"u8.CopyTo(destination);
        destination[4] = HexDigit(c >> 4);
        destination[5] = HexDigit(c & 0xF);
        return 6;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
