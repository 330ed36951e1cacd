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
    private readonly byte[] _random = new byte[4000];
    private int _used = int.MaxValue;

    public Guid Next(DateTime utc)
    {
        if (_used > _random.Length - RandomBytesPerId)
        {
            RandomNumberGenerator.Fill(_random);
            _used = 0;
        }

        Span<byte> id = stackalloc byte[16];
        var milliseconds = (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteInt64BigEndian(id, milliseconds << 16);
        _random.AsSpan(_used, RandomBytesPerId).CopyTo(id[6..]);
        _used += RandomBytesPerId;
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
