using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>
    /// Writes text of printable ASCII that needs no escape, a byte a character; nearly all text is such. False where it is not:
    /// what stands in the destination is then rubbish.
    /// </summary>
    /// <remarks>One pass checks and narrows: looking for escapes first and transcoding then costs twice as much.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryWritePlain(ReadOnlySpan<char> text, Span<byte> destination) =>
        Narrow(text, ref MemoryMarshal.GetReference(destination[..text.Length]));

    /// <summary>The same in quotation marks, with a comma behind: three bytes more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryWriteQuoted(ReadOnlySpan<char> text, Span<byte> destination)
    {
        ref var target = ref MemoryMarshal.GetReference(destination[..(text.Length + 3)]);
        target = (byte)'"';
        Unsafe.Add(ref target, text.Length + 1) = (byte)'"';
        Unsafe.Add(ref target, text.Length + 2) = (byte)',';
        // Last, so that what it finds is what is returned: kept for later it would go through memory.
        return Narrow(text, ref Unsafe.Add(ref target, 1));
    }

    /// <summary>Whether all bytes are printable ASCII that needs no escape. Made for names: fast up to 16 bytes.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text)
    {
        // First and last half, which may overlap.
        if (text.Length is >= sizeof(ulong) and <= 2 * sizeof(ulong))
            return IsPlain(Vector128.Create(
                BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..])).AsByte());
        if (text.Length is >= sizeof(uint) and < sizeof(ulong))
            return IsPlain(Vector128.Create(
                BinaryPrimitives.ReadUInt32LittleEndian(text), BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]),
                0x20202020, 0x20202020).AsByte());
        foreach (var value in text)
        {
            if (!IsPlain((char)value))
                return false;
        }

        return true;
    }

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

    /// <summary>Writes a byte a character; there is room for all of them.</summary>
    /// <returns>Whether all characters are plain.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Narrow(ReadOnlySpan<char> text, ref byte target)
    {
        if (text.Length < Vector128<ushort>.Count)
            return NarrowShort(text, ref target);

        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        // The last step overlaps the one before it, so that no rest is left for a loop of single characters.
        if (text.Length < Vector128<byte>.Count)
        {
            var end = (nuint)(text.Length - Vector128<ushort>.Count);
            return (WriteEight(ref source, ref target, 0) | WriteEight(ref source, ref target, end)) == Vector128<byte>.Zero;
        }

        var last = (nuint)(text.Length - Vector128<byte>.Count);
        var special = WriteSixteen(ref source, ref target, last);
        for (nuint i = 0; i < last; i += (nuint)Vector128<byte>.Count)
            special |= WriteSixteen(ref source, ref target, i);
        return special == Vector128<byte>.Zero;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool NarrowShort(ReadOnlySpan<char> text, ref byte target)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsPlain(text[i]))
                return false;
            Unsafe.Add(ref target, i) = (byte)text[i];
        }

        return true;
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('"' or '\\');

    private static bool IsPlain(Vector128<byte> text) => Special(text) == Vector128<byte>.Zero;

    /// <returns>Something other than zero where a character is not plain.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> WriteEight(ref ushort source, ref byte target, nuint at)
    {
        var text = Vector128.LoadUnsafe(ref source, at);
        var bytes = Narrow(text, text);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, at), bytes.AsUInt64().ToScalar());
        return Special(bytes);
    }

    /// <inheritdoc cref="WriteEight"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> WriteSixteen(ref ushort source, ref byte target, nuint at)
    {
        var bytes = Narrow(
            Vector128.LoadUnsafe(ref source, at), Vector128.LoadUnsafe(ref source, at + (nuint)Vector128<ushort>.Count));
        bytes.StoreUnsafe(ref target, at);
        return Special(bytes);
    }

    /// <summary>What is beyond a byte becomes 255 or 0, which are special.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<ushort> lower, Vector128<ushort> upper) =>
        // One instruction where the portable method takes three.
        Sse2.IsSupported
            ? Sse2.PackUnsignedSaturate(lower.AsInt16(), upper.AsInt16())
            : Vector128.NarrowWithSaturation(lower, upper);

    /// <summary>Not zero for each character that is not plain.</summary>
    /// <remarks>
    /// A bit is a kind of special character: it stands in the entry of the low and in that of the high half of such a character,
    /// and of no other. 1: control characters and all beyond ASCII, 2: quotation mark, 4: reverse solidus, 8: DEL.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Special(Vector128<byte> text)
    {
        var low = Vector128.Create((byte)1, 1, 1 | 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 | 4, 1, 1, 1 | 8);
        var high = Vector128.Create((byte)1, 1, 2, 0, 0, 4, 0, 8, 1, 1, 1, 1, 1, 1, 1, 1);
        return Vector128.ShuffleNative(low, text & Vector128.Create((byte)0x0F)) & Vector128.ShuffleNative(high, text >>> 4);
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
