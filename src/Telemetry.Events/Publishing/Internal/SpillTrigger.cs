namespace Telemetry.Events.Publishing;

/// <summary>
/// Says when a lane turns to its log: when half of its room is taken, or when its sender fails for long. Safe for use from any thread.
/// </summary>
internal sealed class SpillTrigger(LaneCapacity capacity, TimeProvider time, CancellationToken giveUp)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private CancellationTokenSource _handover = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
    private CancellationTokenSource _interrupt = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
    private long _resetAt;
    private TimeSpan _rest;

    /// <summary>The sender is to hand over what it has after its attempt. Also when all is to be given up.</summary>
    public CancellationToken Handover
    {
        get
        {
            lock (_gate)
                return _handover.Token;
        }
    }

    /// <summary>It is not to wait for the attempt's end: at three quarters. What was on its way then goes twice, under the same ids.</summary>
    public CancellationToken Interrupt
    {
        get
        {
            lock (_gate)
                return _interrupt.Token;
        }
    }

    public bool IsHalfFull(int heldEvents, long heldBytes) => heldEvents > capacity.MaxEvents / 2 || heldBytes > capacity.MaxBytes / 2;

    /// <summary>Called under the queue's lock, once a chunk.</summary>
    public void Observe(int heldEvents, long heldBytes)
    {
        if (!IsHalfFull(heldEvents, heldBytes))
            return;
        Request();
        if (heldEvents > capacity.MaxEvents / 4 * 3L || heldBytes > capacity.MaxBytes / 4 * 3)
            Request(interrupt: true);
    }

    public void Request(bool interrupt = false)
    {
        lock (_gate)
        {
            var source = interrupt ? _interrupt : _handover;
            // Callbacks run elsewhere (CancelAsync), not under these locks.
            if (!source.IsCancellationRequested && time.GetElapsedTime(_resetAt) >= _rest)
                _ = source.CancelAsync();
        }
    }

    /// <summary>The lane is back in memory, and stays there for a while at least: a disk that refused is not asked at each chunk.</summary>
    public void Reset(TimeSpan rest)
    {
        lock (_gate)
        {
            _handover = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
            _interrupt = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
            _resetAt = time.GetTimestamp();
            _rest = rest;
        }
    }
}
