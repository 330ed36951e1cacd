using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>
/// 128 bits that stand for an id. A UUID in lower case is itself, so that its text can be told from them; of any other text they are a
/// hash with a seed that nobody outside this process knows.
/// </summary>
internal static class TextKey
{
    private const int UuidLength = 36;

    private static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>The key of a text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isUuid">Whether <see cref="ToText"/> gives the text back.</param>
    public static UInt128 Of(ReadOnlySpan<byte> text, out bool isUuid)
    {
        UInt128 uuid = default;
        isUuid = text.Length == UuidLength && TryReadUuid(text, out uuid);
        return isUuid ? uuid : XxHash128.HashToUInt128(text, Seed);
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, out bool)"/>
    public static UInt128 Of(ReadOnlySpan<byte> text) => Of(text, out _);

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, out bool)"/>
    public static UInt128 Of(string text)
    {
        using var bytes = new Utf8Text(text, stackalloc byte[Utf8Text.StackLength]);
        return Of(bytes.Span, out _);
    }

    /// <summary>The key of a task; 0 for none, and never for one.</summary>
    public static UInt128 OfTask(ReadOnlySpan<byte> task) => task.IsEmpty ? UInt128.Zero : UInt128.Max(Of(task, out _), UInt128.One);

    /// <summary>The key of a user, all of whose bits are mixed.</summary>
    public static UInt128 OfUser(ReadOnlySpan<byte> user) => XxHash128.HashToUInt128(user, Seed);

    /// <summary>The text of a UUID's key.</summary>
    public static string ToText(UInt128 key)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    // By hand: this runs twice for each event, and Guid reads more forms than the one whose text is got back from the bits.
    private static bool TryReadUuid(ReadOnlySpan<byte> text, out UInt128 uuid)
    {
        uuid = default;
        if (text[8] != (byte)'-' || text[13] != (byte)'-' || text[18] != (byte)'-' || text[23] != (byte)'-')
            return false;
        Span<byte> digits = stackalloc byte[32];
        text[..8].CopyTo(digits);
        text[9..13].CopyTo(digits[8..]);
        text[14..18].CopyTo(digits[12..]);
        text[19..23].CopyTo(digits[16..]);
        text[24..].CopyTo(digits[20..]);
        Span<byte> bytes = stackalloc byte[16];
        if (digits.ContainsAnyInRange((byte)'A', (byte)'F') || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
            return false;
        uuid = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }
}
