using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Tells the processor which event is encoded soon.</summary>
/// <remarks>
/// A lane's events lie scattered among those of the other lanes, so that no processor guesses the next one by itself: waiting for
/// memory took nearly half of the time of encoding. A hint changes no result; where there is none, the code does without.
/// </remarks>
internal static class CacheHint
{
    /// <summary>How many events ahead: far enough that the memory is there in time, near enough that it still is.</summary>
    public const int Distance = 2;

    private const int LineBytes = 64;
    private const int MostBytes = 1024;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void WillRead(in OutgoingEvent outgoing)
    {
        if (!Sse.IsSupported)
            return;
        // Addresses of memory that may move meanwhile: a hint for a place that is no longer right does no harm.
        var body = outgoing.Body.Span;
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(body));
        for (var offset = 0; offset < Math.Min(body.Length, MostBytes); offset += LineBytes)
            Sse.Prefetch0(start + offset);
        Sse.Prefetch0(Unsafe.AsPointer(ref MemoryMarshal.GetReference(outgoing.Key.Span)));
    }
}
