using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The bounded buffer of one delivery class, and the account of its events.
/// </summary>
/// <remarks>
/// Any thread adds; one sender takes. One lock guards everything: admission, sequence number and place in the queue must be
/// one step, or two threads could queue their events in another order than their sequences say. What is being sent still
/// counts as held, so that the bound is one on memory and not on the queue alone.
/// </remarks>
internal sealed class DeliveryLane(DeliveryClass delivery, int maxEvents, long maxBytes)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Queue<QueuedEvent> _queue = new();
    private readonly LaneLedger _ledger = new(delivery);
    private readonly List<FlushWaiter> _flushWaiters = [];
    private TaskCompletionSource _work = NewSignal();
    private TaskCompletionSource _room = NewSignal();
    private int _heldEvents;
    private long _heldBytes;
    private long _sendingFrom;
    private bool _stopped;

    public DeliveryClass Delivery => delivery;

    /// <summary>Takes an event in, or says why not. Never waits.</summary>
    public RefusalReason TryAdd(string topic, in EncodedEvent encoded, TaskCompletionSource<DeliveryReceipt>? confirmation)
    {
        lock (_gate)
        {
            var refusal = _stopped ? RefusalReason.Stopped : MakeRoom(encoded.Size) ? RefusalReason.None : RefusalReason.BufferFull;
            if (refusal != RefusalReason.None)
                return refusal;

            var sequence = _ledger.Accept();
            encoded.SetSequence(sequence);
            _queue.Enqueue(new QueuedEvent(topic, encoded, sequence, confirmation));
            _heldEvents++;
            _heldBytes += encoded.Size;
            _work.TrySetResult();
            return RefusalReason.None;
        }
    }

    public void CountRefusal(RefusalReason reason)
    {
        lock (_gate)
            _ledger.Refuse(reason);
    }

    public void CountRetries(int events)
    {
        lock (_gate)
            _ledger.Retry(events);
    }

    /// <summary>Completes when an event has left the lane since the call, or the lane has stopped.</summary>
    public Task WhenRoomAsync()
    {
        lock (_gate)
            return _stopped ? Task.CompletedTask : _room.Task;
    }

    /// <summary>Waits for events and takes up to <paramref name="batch"/>'s length of them; 0 when the lane is stopped and empty.</summary>
    public async ValueTask<int> TakeAsync(QueuedEvent[] batch)
    {
        while (true)
        {
            Task work;
            lock (_gate)
            {
                if (_queue.Count > 0)
                    return Take(batch);
                if (_stopped)
                    return 0;
                if (_work.Task.IsCompleted)
                    _work = NewSignal();
                work = _work.Task;
            }

            await work.ConfigureAwait(false);
        }
    }

    /// <summary>Closes the account of one event that was taken.</summary>
    public void Settle(in QueuedEvent settled, in DeliveryOutcome outcome)
    {
        lock (_gate)
        {
            if (outcome.Status == DeliveryStatus.Delivered)
                _ledger.Deliver();
            else
                _ledger.Drop(outcome.Reason ?? "unspecified");
            Release(settled);
        }

        settled.Confirm(outcome);
    }

    /// <summary>Says that every event taken so far is settled.</summary>
    public void EndBatch()
    {
        lock (_gate)
        {
            _sendingFrom = 0;
            CompleteFlushes();
        }
    }

    /// <summary>Drops what still waits, when shutdown's time is out.</summary>
    public void DropQueued(string reason)
    {
        while (true)
        {
            QueuedEvent dropped;
            lock (_gate)
            {
                if (!_queue.TryDequeue(out dropped))
                {
                    CompleteFlushes();
                    return;
                }

                _ledger.Drop(reason);
                Release(dropped);
            }

            dropped.GiveUp(reason);
        }
    }

    /// <summary>Completes when all events accepted so far are settled.</summary>
    public Task WhenSettledAsync()
    {
        lock (_gate)
        {
            var waiter = new FlushWaiter(_ledger.Accepted, NewSignal());
            _flushWaiters.Add(waiter);
            CompleteFlushes();
            return waiter.Signal.Task;
        }
    }

    /// <summary>Refuses all that comes from now on; what was accepted can still be taken.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _work.TrySetResult();
            _room.TrySetResult();
        }
    }

    public DeliveryClassLedger Snapshot()
    {
        lock (_gate)
            return _ledger.Snapshot();
    }

    public (int Events, long Bytes) Depth()
    {
        lock (_gate)
            return (_heldEvents, _heldBytes);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool MakeRoom(int size)
    {
        while (_heldEvents >= maxEvents || _heldBytes + size > maxBytes)
        {
            // Only what waits can be evicted: what is being sent may already be stored.
            if (delivery != DeliveryClass.Telemetry || !_queue.TryDequeue(out var oldest))
                return false;
            _ledger.Drop(DropReasons.Evicted);
            Release(oldest);
            oldest.GiveUp(DropReasons.Evicted);
        }

        return true;
    }

    private int Take(QueuedEvent[] batch)
    {
        var count = Math.Min(batch.Length, _queue.Count);
        for (var i = 0; i < count; i++)
            batch[i] = _queue.Dequeue();
        _sendingFrom = batch[0].Sequence;
        return count;
    }

    private void Release(in QueuedEvent released)
    {
        _heldEvents--;
        _heldBytes -= released.Encoded.Size;
        if (_room.Task.IsCompleted)
            return;
        _room.TrySetResult();
        _room = NewSignal();
    }

    private void CompleteFlushes()
    {
        var firstUnsettled =
            _sendingFrom > 0 ? _sendingFrom : _queue.TryPeek(out var next) ? next.Sequence : long.MaxValue;
        _flushWaiters.RemoveAll(waiter => firstUnsettled > waiter.Through && waiter.Signal.TrySetResult());
    }

    private readonly record struct FlushWaiter(long Through, TaskCompletionSource Signal);
}
