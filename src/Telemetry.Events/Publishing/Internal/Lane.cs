using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>What one transport carries of one delivery class, and the account of it.</summary>
internal abstract class Lane(DeliveryClass delivery, IEventTransport transport)
{
    private readonly TaskCompletionSource _stopped = LaneWaiters.NewSignal();

    public DeliveryClass Delivery { get; } = delivery;

    public IEventTransport Transport { get; } = transport;

    /// <summary>Room taken in memory.</summary>
    public abstract (int Events, long Bytes) Held { get; }

    /// <summary>Bytes on disk of events of this process, with what is settled and not deleted yet.</summary>
    public abstract long SpooledBytes { get; }

    public abstract void CountRefusal(RefusalReason reason);

    public abstract void CountRetries(int events);

    /// <summary>Events of earlier processes were found on disk.</summary>
    public abstract void CountRecovered(long events);

    /// <summary>Events of earlier processes have their outcomes.</summary>
    public abstract void SettleRecovered(ReadOnlySpan<DeliveryOutcome> outcomes);

    /// <summary>Completes when all events accepted so far are settled.</summary>
    public abstract Task WhenSettledAsync();

    /// <summary>Refuses all that comes from now on; what was accepted can still be sent.</summary>
    public abstract void Stop();

    public abstract DeliveryClassLedger Snapshot();

    /// <summary>
    /// Cancels when the lane is stopped and all that it accepted is settled, or given up. What earlier processes left need not be sent
    /// for that: it is on disk.
    /// </summary>
    public async Task CancelWhenDoneAsync(CancellationTokenSource end, CancellationToken giveUp)
    {
        await _stopped.Task.WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WhenSettledAsync().WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await end.CancelAsync().ConfigureAwait(false);
    }

    protected void SignalStopped() => _stopped.TrySetResult();
}
