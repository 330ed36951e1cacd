using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// Makes ids of reservations: UUIDs of version 7, each later in order than the one before, within a millisecond too. Belongs to its
/// shard's lock.
/// </summary>
internal sealed class ReservationIds
{
    private const int CounterBits = 12;
    private const long CounterMask = (1 << CounterBits) - 1;
    private long _last;

    /// <summary>Ids that are made from now on are later than this one, whoever made it.</summary>
    public void Note(string id)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!Guid.TryParse(id, out var known) || !known.TryWriteBytes(bytes, bigEndian: true, out _))
            return;
        var time = BinaryPrimitives.ReadInt64BigEndian(bytes);
        _last = Math.Max(_last, (time >>> 16 << CounterBits) | (time & CounterMask));
    }

    /// <param name="now">Unix milliseconds.</param>
    public string Next(long now)
    {
        _last = Math.Max(_last + 1, now << CounterBits);
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        const long version = 7 << CounterBits;
        BinaryPrimitives.WriteInt64BigEndian(bytes, (_last >> CounterBits << 16) | version | (_last & CounterMask));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
