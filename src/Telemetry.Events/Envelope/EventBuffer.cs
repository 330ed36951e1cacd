using System.Runtime.CompilerServices;

namespace Telemetry.Events.Envelope;

/// <summary>Bytes that one thread writes one event into. Grows as needed; what one huge event has blown up is let go afterwards.</summary>
internal sealed class EventBuffer
{
    private const int InitialCapacity = 4 * 1024;
    private const int KeptCapacity = 64 * 1024;

    public byte[] Bytes { get; private set; } = new byte[InitialCapacity];

    /// <summary>Makes room for <paramref name="extra"/> bytes behind the first <paramref name="used"/>, which are kept.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Span<byte> Grow(int used, int extra)
    {
        var bytes = new byte[Math.Max(checked(used + extra), (int)Math.Min(Bytes.Length * 2L, Array.MaxLength))];
        Bytes.AsSpan(0, used).CopyTo(bytes);
        Bytes = bytes;
        return bytes;
    }

    public void Trim()
    {
        if (Bytes.Length > KeptCapacity)
            Bytes = new byte[InitialCapacity];
    }
}
