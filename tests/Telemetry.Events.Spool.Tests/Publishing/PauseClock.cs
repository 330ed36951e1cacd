using Microsoft.Extensions.Time.Testing;

namespace Telemetry.Events.Spool.Tests.Publishing;

/// <summary>A fake clock that counts the pauses somebody began by it: one moved before a pause begins does not end it.</summary>
internal sealed class PauseClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _pauses;

    public int Pauses => Volatile.Read(ref _pauses);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        // Counted when it runs: who sees the count may move the clock. What ticks for good is no pause.
        if (period == Timeout.InfiniteTimeSpan && dueTime != Timeout.InfiniteTimeSpan)
            Interlocked.Increment(ref _pauses);
        return timer;
    }
}
