using System.Runtime.CompilerServices;

namespace Telemetry.Events.Envelope;

/// <summary>
/// Tells the time, and how often it was set back: events are sent in the order of their times, which is the order in which they were
/// published only between two such steps. Safe for use from any thread.
/// </summary>
/// <remarks>
/// A thread that sees a time earlier than the latest one known counts a step. The latest is kept to a tenth of a millisecond, so that
/// threads share it without writing it for each event; a clock that is set back by less goes unnoticed. Two threads that read the clock at
/// once may count a step that was none, which costs a chunk that is not full.
/// </remarks>
internal sealed class EventClock(TimeProvider time)
{
    private const long Slack = TimeSpan.TicksPerMillisecond / 10;

    private long _latest;
    private int _steps;

    /// <param name="steps">How often the clock was set back so far. Of two events, one after the other, the later has no lower number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DateTime Now(out int steps)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var latest = Volatile.Read(ref _latest);
        if ((ulong)(now.Ticks - latest) > Slack)
            Note(now.Ticks, latest);
        steps = Volatile.Read(ref _steps);
        return now;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Note(long now, long latest)
    {
        // Before the latest is lowered: whoever finds nothing odd in its time must find the step counted.
        if (now < latest)
            Interlocked.Increment(ref _steps);
        Interlocked.CompareExchange(ref _latest, now, latest);
    }
}
