using System.Runtime.CompilerServices;

namespace Telemetry.Events.Publishing;

/// <summary>
/// One of a lane's places where events are appended. There are several times as many as processors, and a thread always takes the
/// same: its events keep their order, its lock is all but free, and threads do not slow each other down.
/// </summary>
internal sealed class LaneStripe
{
    // Held for the copy of one event. A Lock object of its own would stand beside another stripe's fields in memory.
    private SpinLock _gate = new(enableThreadOwnerTracking: false);

    /// <summary>The chunk being filled. Guarded by the lock.</summary>
    public EventChunk? Current { get; set; }

    /// <summary>Events appended here so far. Guarded by the lock.</summary>
    public long Accepted { get; set; }

#pragma warning disable CS0169 // Keeps the next stripe out of this one's cache lines, of which processors fetch two at once.
    private readonly CacheLines _padding;
#pragma warning restore CS0169

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        var taken = false;
        _gate.Enter(ref taken);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => _gate.Exit(useMemoryBarrier: false);

    [InlineArray(128)]
    private struct CacheLines
    {
        private byte _first;
    }
}
