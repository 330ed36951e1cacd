namespace Telemetry.Events.Publishing;

/// <summary>
/// One of a lane's places where events are appended. There are as many as processors, and a thread takes that of the processor it
/// runs on: the lock is then all but free, and threads do not slow each other down.
/// </summary>
internal sealed class LaneStripe
{
    public Lock Gate { get; } = new();

    // Guarded by Gate.
    public EventChunk? Current { get; set; }

    /// <summary>Events appended here so far. Guarded by <see cref="Gate"/>.</summary>
    public long Accepted { get; set; }
}
