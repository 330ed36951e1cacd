using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// Tells the processor which memory is used soon, so that other work is done while it comes. A hint changes no result; where there is none,
/// the code does without.
/// </summary>
internal static class CacheHint
{
    /// <summary>The place may move meanwhile: a hint that is no longer right does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void WillUse<T>(ref T place)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
