namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// The system's clock, read once a tick of its coarse one: 1 to 4 ms on Linux, 16 ms on Windows. Reading the exact clock costs as much as
/// a quarter of a decision. Safe for use from any thread.
/// </summary>
internal sealed class RecentClock
{
    // One object for both: a reader must never see one tick with another one's time.
    private volatile Reading _reading = new(long.MinValue, 0);

    /// <summary>The time, Unix milliseconds.</summary>
    public long Now
    {
        get
        {
            var tick = Environment.TickCount64;
            var reading = _reading;
            return reading.Tick == tick ? reading.Time : Read(tick);
        }
    }

    /// <summary>Reads the exact clock.</summary>
    public long Refresh() => Read(Environment.TickCount64);

    private long Read(long tick)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _reading = new Reading(tick, now);
        return now;
    }

    private sealed record Reading(long Tick, long Time);
}
