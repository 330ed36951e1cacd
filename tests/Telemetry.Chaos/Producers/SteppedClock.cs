namespace Telemetry.Chaos.Producers;

/// <summary>
/// The machine's clock, with a wall clock that jumps on command. The monotonic clock and timers go on as they are, which is how an
/// operating system sets its clock.
/// </summary>
internal sealed class SteppedClock(TimeSpan offset) : TimeProvider
{
    private long _offset = offset.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
