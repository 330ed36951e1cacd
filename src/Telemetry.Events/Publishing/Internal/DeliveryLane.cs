using System.Numerics;
using Telemetry.Events.Envelope;
using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The bounded buffer of one delivery class. Any thread adds; one sender takes.
/// </summary>
/// <remarks>
/// An event is appended to the chunk of a <see cref="LaneStripe"/>. A chunk that is full, or that the sender asks for, is sealed: it
/// gets its sequences and its place in the queue in one step, so that the order of the queue is that of the sequences. Locks are
/// taken in the order stripe, then lane. What is being sent still counts as held: the bound is one on memory.
/// </remarks>
internal sealed class DeliveryLane : Lane
{
    private const int MaxStripes = 32;
    private const int StripesPerProcessor = 4;

    private readonly LaneStripe[] _stripes;
    private readonly LaneQueue _queue;
    private readonly int _mask;
    private volatile bool _stopped;

    /// <param name="delivery">The class.</param>
    /// <param name="transport">The transport.</param>
    /// <param name="capacity">The bounds.</param>
    /// <param name="sequences">The class's.</param>
    /// <param name="log">Where events go that memory is not the place for; null where they cannot.</param>
    /// <param name="trigger">Says when they do; null with <paramref name="log"/>.</param>
    public DeliveryLane(
        DeliveryClass delivery,
        IEventTransport transport,
        LaneCapacity capacity,
        SequenceCounter sequences,
        IEventLog? log = null,
        SpillTrigger? trigger = null)
        : base(delivery, transport)
    {
        Log = log;
        Trigger = trigger;
        _queue = new LaneQueue(delivery, capacity, sequences, trigger);
        var stripes = (int)Math.Min(MaxStripes, BitOperations.RoundUpToPowerOf2(StripesPerProcessor * (uint)Environment.ProcessorCount));
        _stripes = [.. Enumerable.Range(0, stripes).Select(_ => new LaneStripe())];
        _mask = stripes - 1;
    }

    public LaneQueue Queue => _queue;

    public IEventLog? Log { get; }

    public SpillTrigger? Trigger { get; }

    public override (int Events, long Bytes) Held => _queue.Held;

    public override long SpooledBytes => Log?.Usage.Bytes ?? 0;

    /// <summary>Where a thread's events are appended.</summary>
    public LaneStripe StripeOf(int threadId) => _stripes[threadId & _mask];

    /// <summary>Takes an event in, or says why not. Never waits.</summary>
    /// <param name="stripe">That of the calling thread.</param>
    /// <param name="record">The event; copied.</param>
    /// <param name="length">Its <see cref="EventRecord.EventLength"/>.</param>
    /// <param name="confirmation">Completed with the event's fate; null where nobody asks.</param>
    public RefusalReason TryAdd(
        LaneStripe stripe, in EventRecord record, int length, TaskCompletionSource<DeliveryReceipt>? confirmation)
    {
        stripe.Enter();
        try
        {
            if (_stopped)
                return RefusalReason.Stopped;

            var chunk = stripe.Current;
            if (chunk is null || !chunk.Fits(length))
            {
                Seal(stripe, urgent: false);
                chunk = stripe.Current = _queue.TryRent(length);
                if (chunk is null)
                    return RefusalReason.BufferFull;
            }

            chunk.Append(record, length, confirmation);
            stripe.Accepted++;
            // Somebody waits for a confirmation: what would be gained by waiting for more events, that caller pays for.
            if (chunk.IsFull || confirmation is not null)
                Seal(stripe, urgent: confirmation is not null);
        }
        finally
        {
            stripe.Exit();
        }

        _queue.WakeForEvent();
        return RefusalReason.None;
    }

    /// <summary>Hands over what the stripes hold, full or not.</summary>
    public void SealAll()
    {
        foreach (var stripe in _stripes)
        {
            stripe.Enter();
            Seal(stripe, urgent: true);
            stripe.Exit();
        }
    }

    /// <summary>Completes when all events accepted so far are settled.</summary>
    public override Task WhenSettledAsync()
    {
        SealAll();
        return _queue.WhenSettledAsync();
    }

    /// <summary>Refuses all that comes from now on; what was accepted can still be taken.</summary>
    public override void Stop()
    {
        _stopped = true;
        // Whoever holds a stripe's lock may not have seen it yet; after this, all have.
        SealAll();
        _queue.Stop();
        SignalStopped();
    }

    public override void CountRefusal(RefusalReason reason) => _queue.CountRefusal(reason);

    public override void CountRetries(int events) => _queue.Count(ledger => ledger.Retry(events));

    public override void CountRecovered(long events) => _queue.Count(ledger => ledger.Recover(events));

    public override void SettleRecovered(ReadOnlySpan<DeliveryOutcome> outcomes) => _queue.SettleRecovered(outcomes);

    public override DeliveryClassLedger Snapshot()
    {
        // Settled first, accepted last: an event that comes in between shows as in flight, never as settled twice.
        var ledger = _queue.Snapshot();
        long accepted = 0;
        foreach (var stripe in _stripes)
        {
            stripe.Enter();
            accepted += stripe.Accepted;
            stripe.Exit();
        }

        return ledger with { Accepted = accepted };
    }

    private void Seal(LaneStripe stripe, bool urgent)
    {
        if (stripe.Current is not { } chunk)
            return;
        stripe.Current = null;
        _queue.Enqueue(chunk, urgent);
    }
}
