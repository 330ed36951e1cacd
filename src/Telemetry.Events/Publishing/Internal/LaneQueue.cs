using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>The sealed chunks of one lane, the room that they take, and the account of their events.</summary>
/// <remarks>Every member is safe for use from any thread; one lock guards all of it, taken once a chunk and not once an event.</remarks>
internal sealed class LaneQueue(DeliveryClass delivery, LaneCapacity capacity, SequenceCounter sequences, SpillTrigger? trigger = null)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Queue<EventChunk> _sealed = new();
    private readonly ChunkPool _pool = new();
    private readonly LaneLedger _ledger = new(delivery);
    private readonly LaneWaiters _waiters = new();
    private readonly SpooledSequences _spooled = new();
    private int _sealedEvents;
    private long _lastSealed;
    private long _sendingFrom;
    private int _heldEvents;
    private long _heldBytes;
    private bool _stopped;

    // What the sender waits for, if it waits; whoever puts it back to Awake wakes it. See PrepareToWait.
    private const int Awake = 0;
    private const int WaitsForAnEvent = 1;
    private const int WaitsForABatch = 2;
    private int _waiting;
    private volatile TaskCompletionSource _wake = LaneWaiters.NewSignal();

    public (int Events, long Bytes) Held
    {
        get
        {
            lock (_gate)
                return (_heldEvents, _heldBytes);
        }
    }

    public bool HasSealed => SealedEvents > 0;

    /// <summary>How many events stand in sealed chunks, none of which is empty.</summary>
    public int SealedEvents
    {
        get
        {
            lock (_gate)
                return _sealedEvents;
        }
    }

    public bool IsStopped
    {
        get
        {
            lock (_gate)
                return _stopped;
        }
    }

    /// <summary>An empty chunk that fits the event, or null where the lane has no room for it.</summary>
    public EventChunk? TryRent(int size)
    {
        lock (_gate)
        {
            trigger?.Observe(_heldEvents, _heldBytes);
            var bytes = Math.Max(size, capacity.ChunkBytes);
            if (!MakeRoom(bytes))
            {
                Wake();
                return null;
            }

            _heldEvents += capacity.ChunkEvents;
            _heldBytes += bytes;
            return (bytes == capacity.ChunkBytes ? _pool.TryPop() : null) ?? new EventChunk(bytes, capacity.ChunkEvents);
        }
    }

    /// <summary>Seals a chunk: gives its events their sequences and their place.</summary>
    /// <param name="chunk">The chunk; from now on the queue's.</param>
    /// <param name="urgent">Whether the sender is to take it at once, and not only when there is a batch or its delay is over.</param>
    public void Enqueue(EventChunk chunk, bool urgent)
    {
        lock (_gate)
        {
            chunk.FirstSequence = sequences.Take(chunk.Count);
            _lastSealed = chunk.FirstSequence + chunk.Count - 1;
            _sealed.Enqueue(chunk);
            _sealedEvents += chunk.Count;
            urgent |= _sealed.Count >= capacity.WakeChunks;
        }

        if (urgent)
            Wake();
    }

    /// <summary>Moves all sealed chunks to the batch.</summary>
    public void Take(List<EventChunk> batch)
    {
        lock (_gate)
        {
            // What is taken beside others that are being sent is no batch of its own.
            if (batch.Count == 0)
                _pool.OnBatch();
            while (_sealed.TryDequeue(out var chunk))
                batch.Add(chunk);
            _sealedEvents = 0;
            if (batch.Count > 0)
                _sendingFrom = batch[0].FirstSequence;
        }
    }

    /// <summary>Accounts for events of the batch that have their final outcome.</summary>
    public void Settle(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        // Counted before the lock, which publishing threads may wait for.
        var delivered = 0;
        foreach (ref readonly var outcome in outcomes)
            delivered += outcome.Status == DeliveryStatus.Delivered ? 1 : 0;

        lock (_gate)
            _ledger.Settle(outcomes, delivered);
    }

    /// <summary>Takes chunks back whose events are all settled.</summary>
    /// <param name="chunks">The chunks.</param>
    /// <param name="firstUnsettled">The first sequence of what the sender still holds; 0 where it holds nothing.</param>
    public void Return(List<EventChunk> chunks, long firstUnsettled)
    {
        // Before the lock, which publishing threads may wait for.
        foreach (var chunk in chunks)
            chunk.Reset();
        lock (_gate)
        {
            foreach (var chunk in chunks)
                Release(chunk);
            _sendingFrom = firstUnsettled;
            CompleteFlushes();
        }
    }

    /// <summary>Events of the batch are durable in the lane's log. Their chunks come back by <see cref="Return"/>.</summary>
    /// <param name="events">How many.</param>
    /// <param name="lastPosition">The last one's position.</param>
    /// <param name="firstSequence">None of them has a lower sequence.</param>
    public void MarkSpooled(int events, long lastPosition, long firstSequence)
    {
        lock (_gate)
        {
            _ledger.Commit(events);
            _spooled.Add(lastPosition, firstSequence);
        }
    }

    /// <summary>Accounts for events that were sent from the log.</summary>
    public void SettleFromLog(ReadOnlySpan<DeliveryOutcome> outcomes, long settledThrough)
    {
        lock (_gate)
        {
            _ledger.SettleFromLog(outcomes);
            _spooled.SettleThrough(settledThrough);
            CompleteFlushes();
        }
    }

    /// <summary>Drops what still waits, when shutdown's time is out.</summary>
    public void DropAll(string reason)
    {
        lock (_gate)
        {
            while (_sealed.TryDequeue(out var chunk))
                Drop(chunk, reason);
            CompleteFlushes();
        }
    }

    public void CountRefusal(RefusalReason reason)
    {
        lock (_gate)
            _ledger.Refuse(reason);
    }

    /// <summary>Completes when room was given back since the call, or the lane has stopped.</summary>
    public Task WhenRoomAsync()
    {
        lock (_gate)
            return _stopped ? Task.CompletedTask : _waiters.Room;
    }

    /// <summary>Completes when all sealed so far is settled.</summary>
    public Task WhenSettledAsync()
    {
        lock (_gate)
        {
            var settled = _waiters.AddFlush(_lastSealed);
            CompleteFlushes();
            return settled;
        }
    }

    /// <summary>
    /// Announces that the sender is about to sleep until there is a batch, or until any event comes. It must look once more after
    /// this, and then await the result: an event appended before that look is found by it, one appended after it finds the
    /// announcement.
    /// </summary>
    public Task PrepareToWait(bool forAnyEvent)
    {
        var wake = LaneWaiters.NewSignal();
        _wake = wake;
        Interlocked.Exchange(ref _waiting, forAnyEvent ? WaitsForAnEvent : WaitsForABatch);
        return wake.Task;
    }

    public void CancelWait() => Interlocked.Exchange(ref _waiting, Awake);

    /// <summary>An event was appended.</summary>
    public void WakeForEvent()
    {
        if (Volatile.Read(ref _waiting) == WaitsForAnEvent)
            Wake();
    }

    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _waiters.SignalRoom();
        }

        Wake();
    }

    /// <summary>Counts what is rare enough for a delegate.</summary>
    public void Count(Action<LaneLedger> count)
    {
        lock (_gate)
            count(_ledger);
    }

    public void SettleRecovered(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        lock (_gate)
            _ledger.SettleRecovered(outcomes);
    }

    public DeliveryClassLedger Snapshot()
    {
        lock (_gate)
            return _ledger.Snapshot();
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _waiting, Awake) != Awake)
            _wake.TrySetResult();
    }

    private bool MakeRoom(int bytes)
    {
        while (_heldEvents + capacity.ChunkEvents > capacity.MaxEvents || _heldBytes + bytes > capacity.MaxBytes)
        {
            // Only what waits can be evicted: what is being sent may already be stored.
            if (delivery != DeliveryClass.Telemetry || !_sealed.TryDequeue(out var oldest))
                return false;
            Drop(oldest, DropReasons.Evicted);
        }

        return true;
    }

    private void Drop(EventChunk chunk, string reason)
    {
        _sealedEvents -= chunk.Count;
        sequences.Dropped.Add(reason, chunk.FirstSequence, chunk.Count);
        for (var i = 0; i < chunk.Count; i++)
        {
            _ledger.Drop(reason);
            // Continuations run elsewhere (RunContinuationsAsynchronously), not under this lock.
            chunk.Confirm(i, DeliveryOutcome.Final(reason));
        }

        chunk.Reset();
        Release(chunk);
    }

    private void Release(EventChunk chunk)
    {
        _heldEvents -= chunk.EventCapacity;
        _heldBytes -= chunk.ByteCapacity;
        if (chunk.ByteCapacity == capacity.ChunkBytes)
            _pool.Push(chunk);
        _waiters.SignalRoom();
    }

    private void CompleteFlushes() => _waiters.CompleteFlushes(
        _spooled.First
        ?? (_sendingFrom > 0 ? _sendingFrom : _sealed.TryPeek(out var next) ? next.FirstSequence : long.MaxValue));
}
