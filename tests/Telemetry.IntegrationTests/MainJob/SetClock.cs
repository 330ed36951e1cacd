namespace Telemetry.IntegrationTests.MainJob;

/// <summary>Says the time that a test sets. Pauses by it are real: a second attempt would wait for good for a clock that stands.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private long _utcTicks = now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _utcTicks), TimeSpan.Zero);

    public void SetUtcNow(DateTimeOffset value) => Interlocked.Exchange(ref _utcTicks, value.UtcTicks);
}
