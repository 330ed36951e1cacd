namespace Telemetry.Events.Tests.Publishing;

/// <summary>The machine's clock, with a wall clock that jumps; timers and timestamps go on as they are.</summary>
internal sealed class SteppedTimeProvider : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _offset));

    public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
