using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Telemetry.Events.Envelope;

/// <summary>
/// UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random ones. Owned by one thread.
/// </summary>
/// <remarks>
/// <see cref="Guid.CreateVersion7()"/> asks the operating system for random bytes once an id, which costs more than writing the
/// whole event does; here they come 4 KiB at a time, from the same source.
/// </remarks>
internal sealed class EventIdGenerator
{
    public const int TextLength = 36;

    private const int RandomBytesPerId = 10;
    private const long Version7 = 0x7000;
    private const long Variant = long.MinValue;
    private readonly byte[] _random = new byte[4000];
    private int _used = int.MaxValue;

    public Guid Next(DateTime utc)
    {
        if (_used > _random.Length - RandomBytesPerId)
        {
            RandomNumberGenerator.Fill(_random);
            _used = 0;
        }

        var random = _random.AsSpan(_used, RandomBytesPerId);
        _used += RandomBytesPerId;
        var milliseconds = (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        var randomA = BinaryPrimitives.ReadUInt16LittleEndian(random);
        var randomB = BinaryPrimitives.ReadInt64LittleEndian(random[sizeof(ushort)..]);

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, (milliseconds << 16) | Version7 | (randomA & 0x0FFFu));
        BinaryPrimitives.WriteInt64BigEndian(id[sizeof(long)..], (randomB & long.MaxValue >> 1) | Variant);
        return new Guid(id, bigEndian: true);
    }
}
