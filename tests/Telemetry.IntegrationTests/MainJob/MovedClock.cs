namespace Telemetry.IntegrationTests.MainJob;

/// <summary>Goes on from a moment of the past, so that a history of then is not a day old.</summary>
internal sealed class MovedClock(DateTimeOffset now) : TimeProvider
{
    private readonly long _started = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => now + System.GetElapsedTime(_started);
}
