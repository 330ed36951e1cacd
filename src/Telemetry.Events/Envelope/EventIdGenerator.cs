using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Telemetry.Events.Envelope;

/// <summary>
/// UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random ones. Owned by one thread.
/// </summary>
/// <remarks>
/// <para>The random bits are drawn anew for each millisecond; within one they are counted on (section 6.2, "Monotonic Random"), so that
/// the ids of a thread also sort in their order. Two threads share an id only if they drew, in the same millisecond, two of 2^74 values
/// that are no further apart than the events of that millisecond.</para>
/// <para><see cref="Guid.CreateVersion7()"/> asks the operating system for random bytes once an id, which costs more than writing the
/// whole event does; here they come 4 KiB at a time, from the same source.</para>
/// </remarks>
internal sealed class EventIdGenerator
{
    public const int TextLength = 36;

    private const ulong Version7 = 0x7000;
    private const ulong Variant = 0x80ul << 56;
    private const ulong LowMask = ~(0xC0ul << 56);

    private readonly ulong[] _random = new ulong[512];
    private int _used = int.MaxValue;
    private ulong _milliseconds;
    private ulong _high;
    private ulong _low;

    public Guid Next(DateTime utc)
    {
        var milliseconds = (ulong)(utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        // The counter has 62 bits; where it began so high that it would overflow, it begins anew.
        if (milliseconds != _milliseconds || _low == LowMask)
            Draw(milliseconds);
        else
            _low++;

        // A Guid holds its first three fields in the machine's order and the rest as bytes. Put together in a register: written field
        // by field, it could not be read as a whole before all of them have reached the cache.
        var low = BinaryPrimitives.ReverseEndianness(_low | Variant);
        return Unsafe.BitCast<Vector128<ulong>, Guid>(Vector128.Create(_high, low));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Draw(ulong milliseconds)
    {
        if (_used > _random.Length - 2)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(_random.AsSpan()));
            _used = 0;
        }

        _milliseconds = milliseconds;
        _high = (milliseconds >> 16) | ((milliseconds & 0xFFFF) << 32) | ((Version7 | (_random[_used] & 0x0FFF)) << 48);
        _low = _random[_used + 1] & LowMask;
        _used += 2;
    }
}
