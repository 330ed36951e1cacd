using System.Runtime.CompilerServices;

namespace Telemetry.Events.Envelope;

/// <summary>
/// All that one thread needs to write an event, kept between events: bytes to write into, ids, the last trace parent. One object,
/// since each look-up of a thread's own costs as much as copying fifty bytes.
/// </summary>
internal sealed class EnvelopeScratch
{
    private const int InitialCapacity = 4 * 1024;
    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static EnvelopeScratch? t_current;

    private bool _isRented;

    /// <summary>Where the event is written. Grows as needed; what one huge event has blown up is let go afterwards.</summary>
    public byte[] Bytes { get; private set; } = new byte[InitialCapacity];

    /// <summary>The managed id of the thread that it belongs to.</summary>
    public int ThreadId { get; } = Environment.CurrentManagedThreadId;

    public EventIdGenerator Ids { get; } = new();

    public TraceParentFormatter Traces { get; } = new();

    /// <summary>
    /// This thread's, until <see cref="Return"/>. A payload may itself publish an event while it is written; it then gets a new one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EnvelopeScratch Rent()
    {
        var scratch = t_current;
        if (scratch is null || scratch._isRented)
            scratch = Create();
        scratch._isRented = true;
        return scratch;
    }

    public void Return()
    {
        if (Bytes.Length > KeptCapacity)
            Bytes = new byte[InitialCapacity];
        _isRented = false;
    }

    /// <summary>Makes room for <paramref name="extra"/> bytes behind the first <paramref name="used"/>, which are kept.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Span<byte> Grow(int used, int extra)
    {
        var bytes = new byte[Math.Max(checked(used + extra), (int)Math.Min(Bytes.Length * 2L, Array.MaxLength))];
        Bytes.AsSpan(0, used).CopyTo(bytes);
        Bytes = bytes;
        return bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EnvelopeScratch Create()
    {
        var scratch = new EnvelopeScratch();
        t_current ??= scratch;
        return scratch;
    }
}
