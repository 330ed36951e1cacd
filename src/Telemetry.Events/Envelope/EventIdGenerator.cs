using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    private const ulong Version7 = 0x7000;
    private const ulong Variant = 0x80;
    private readonly byte[] _random = new byte[4000];
    private int _used = int.MaxValue;

    public Guid Next(DateTime utc)
    {
        if (_used > _random.Length - RandomBytesPerId)
        {
            RandomNumberGenerator.Fill(_random);
            _used = 0;
        }

        var milliseconds = (ulong)(utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        var randomA = BinaryPrimitives.ReadUInt16LittleEndian(_random.AsSpan(_used));
        var randomB = BinaryPrimitives.ReadUInt64LittleEndian(_random.AsSpan(_used + sizeof(ushort)));
        _used += RandomBytesPerId;

        // A Guid holds its first three fields in the machine's order. Put together in a register: written field by field, it could
        // not be read as a whole before all of them have reached the cache.
        var high = (milliseconds >> 16) | ((milliseconds & 0xFFFF) << 32) | ((Version7 | (randomA & 0x0FFFul)) << 48);
        var low = (randomB & ~0xC0ul) | Variant;
        return Unsafe.BitCast<Vector128<ulong>, Guid>(Vector128.Create(high, low));
    }
}
