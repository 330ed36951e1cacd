using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Events that are sent until each is settled. The first <see cref="Remaining"/> of them are those that are not. Owned by one sender.
/// </summary>
internal abstract class OutgoingBatch
{
    protected OutgoingEvent[] Events { get; private set; } = [];

    protected DeliveryOutcome[] Results { get; private set; } = [];

    public int Remaining { get; protected set; }

    public ReadOnlyMemory<OutgoingEvent> Outgoing => Events.AsMemory(0, Remaining);

    public Memory<DeliveryOutcome> Outcomes => Results.AsMemory(0, Remaining);

    public abstract DateTime TimeOf(int index);

    /// <summary>The traceparent's 55 characters, or nothing.</summary>
    public abstract ReadOnlySpan<byte> TraceParentOf(int index);

    public void BeginAttempt() => Array.Clear(Results, 0, Remaining);

    /// <summary>Accounts for what has its final outcome, completes its receipts, and moves the rest to the front.</summary>
    public abstract void Settle();

    protected void EnsureCapacity(int events)
    {
        if (events <= Events.Length)
            return;
        Events = new OutgoingEvent[events];
        Results = new DeliveryOutcome[events];
    }
}
