using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Telemetry.Events.Spool.Records;

/// <summary>
/// What stands before a record's topic, key and body. 64 bytes, little endian: mark, version, a byte that is zero, three lengths, position, time, id, the
/// content's hash and the header's own.
/// </summary>
/// <remarks>
/// Two hashes, so that a length is trusted before the content is there. Both are XXH3 of 64 bits seeded by the log's id: a record of another
/// log, or of another time of the same file, does not pass.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordHeader(
    int TopicLength, int KeyLength, int BodyLength, long Position, DateTime Time, Guid Id, ulong ContentHash)
{
    public const int Size = 64;
    public const byte Version = 1;

    /// <summary>The largest record; core's largest event is 100,000,000 bytes.</summary>
    public const int MaxRecordBytes = 128 << 20;

    private const int VersionAt = 4;
    private const int TopicLengthAt = 6;
    private const int KeyLengthAt = 8;
    private const int BodyLengthAt = 12;
    private const int PositionAt = 16;
    private const int TimeAt = 24;
    private const int IdAt = 32;
    private const int ContentHashAt = 48;
    private const int HeaderHashAt = 56;

    /// <summary>Starts every record. No UTF-8 text holds its first or last byte, so that no event's content looks like a record.</summary>
    public static ReadOnlySpan<byte> Mark => [0xFF, (byte)'T', (byte)'E', 0xFE];

    public int RecordBytes => Size + TopicLength + KeyLength + BodyLength;

    public static ulong Hash(ReadOnlySpan<byte> bytes, long logId) => XxHash3.HashToUInt64(bytes, logId);

    public void Write(Span<byte> destination, long logId)
    {
        Mark.CopyTo(destination);
        destination[VersionAt] = Version;
        destination[VersionAt + 1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[TopicLengthAt..], (ushort)TopicLength);
        BinaryPrimitives.WriteInt32LittleEndian(destination[KeyLengthAt..], KeyLength);
        BinaryPrimitives.WriteInt32LittleEndian(destination[BodyLengthAt..], BodyLength);
        BinaryPrimitives.WriteInt64LittleEndian(destination[PositionAt..], Position);
        BinaryPrimitives.WriteInt64LittleEndian(destination[TimeAt..], Time.Ticks);
        _ = Id.TryWriteBytes(destination[IdAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[ContentHashAt..], ContentHash);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[HeaderHashAt..], Hash(destination[..HeaderHashAt], logId));
    }

    /// <summary>Reads a header, or says what is wrong with it. <paramref name="bytes"/> holds at least <see cref="Size"/> bytes.</summary>
    public static DamageReason? TryRead(ReadOnlySpan<byte> bytes, long logId, out RecordHeader header)
    {
        header = default;
        if (!bytes.StartsWith(Mark) ||
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[HeaderHashAt..]) != Hash(bytes[..HeaderHashAt], logId))
        {
            return DamageReason.Header;
        }

        // What follows was written by this SDK or a newer one.
        if (bytes[VersionAt] != Version)
            return DamageReason.Version;
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes[TimeAt..]);
        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[KeyLengthAt..]);
        var bodyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[BodyLengthAt..]);
        var topicLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[TopicLengthAt..]);
        if (ticks is < 0 or > 3155378975999999999 || keyLength < 0 || bodyLength < 0 || (long)Size + topicLength + keyLength + bodyLength > MaxRecordBytes)
            return DamageReason.Header;

        header = new RecordHeader(
            topicLength,
            keyLength,
            bodyLength,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[PositionAt..]),
            new DateTime(ticks, DateTimeKind.Utc),
            new Guid(bytes.Slice(IdAt, 16), bigEndian: true),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[ContentHashAt..]));
        return null;
    }
}
