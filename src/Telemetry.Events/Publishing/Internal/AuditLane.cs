using Telemetry.Events.Envelope;
using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The lane of class Audit: events go to a log on disk on the caller's thread, and a sender takes them from there. It holds none in
/// memory.
/// </summary>
/// <remarks>
/// An event counts as accepted when the log has given it a position, and as spooled when its commit is done. A commit that fails gives
/// up events that have their sequences already; they count as dropped for the reason that their callers are told, which explains the
/// gap. All members are safe for use from any thread; the lock is the one of <see cref="AuditOrder"/>.
/// </remarks>
internal sealed class AuditLane(IEventTransport transport, IEventLog? log, AuditOrder order) : Lane(DeliveryClass.Audit, transport)
{
    // Guarded by order.Gate.
    private readonly LaneLedger _ledger = new(DeliveryClass.Audit);
    private readonly LaneWaiters _waiters = new();
    private readonly SpooledConfirmations _confirmations = new();
    private long _accepted;
    private long _failed;
    private long _settled;
    private long _lastAppended;
    private long _settledThrough;
    private bool _isStopped;

    /// <summary>Null where no spool is registered: then every event is refused.</summary>
    public IEventLog? Log { get; } = log;

    public override (int Events, long Bytes) Held => (0, 0);

    public override long SpooledBytes => Log?.Usage.Bytes ?? 0;

    /// <summary>
    /// Puts an event into the log; it is not durable before its commit is. Where the log is busy, the position is that of the event whose
    /// commit makes room.
    /// </summary>
    public AppendResult Append(in EventRecord record, TaskCompletionSource<DeliveryReceipt>? confirmation)
    {
        lock (order.Gate)
        {
            if (_isStopped)
                return new AppendResult(0, SpoolRefusal.Closed);
            var outgoing = order.Compose(record);
            var result = Log!.Append(new SpooledEvent(outgoing.Id, outgoing.Topic, outgoing.Key, outgoing.Body, record.Time));
            if (!result.IsAppended)
                return result with { Position = _lastAppended };

            order.Advance();
            _accepted++;
            _lastAppended = result.Position;
            if (confirmation is not null)
                _confirmations.Add(result.Position, confirmation, outgoing.Id, outgoing.Topic);
            return result;
        }
    }

    /// <summary>Accounts for how the commit of one event ended.</summary>
    public void EndCommit(long position, SpoolRefusal refusal)
    {
        lock (order.Gate)
        {
            if (refusal == SpoolRefusal.None)
            {
                _ledger.Commit(1);
                return;
            }

            var code = refusal.ToCode();
            _failed++;
            _ledger.Drop(code);
            _confirmations.Complete(position, DeliveryOutcome.Final(code));
            CompleteFlushes();
        }
    }

    /// <summary>Accounts for outcomes of events that were read from the log.</summary>
    public void Settle(ReadOnlySpan<long> positions, ReadOnlySpan<DeliveryOutcome> outcomes, long settledThrough)
    {
        lock (order.Gate)
        {
            _ledger.SettleFromLog(outcomes);
            _settled += outcomes.CountSettled();
            _settledThrough = settledThrough;
            _confirmations.Complete(positions, outcomes);
            CompleteFlushes();
        }
    }

    public override void CountRefusal(RefusalReason reason)
    {
        lock (order.Gate)
            _ledger.Refuse(reason);
    }

    public override void CountRetries(int events)
    {
        lock (order.Gate)
            _ledger.Retry(events);
    }

    public override void CountRecovered(long events)
    {
        lock (order.Gate)
            _ledger.Recover(events);
    }

    public override void SettleRecovered(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        lock (order.Gate)
            _ledger.SettleRecovered(outcomes);
    }

    public override Task WhenSettledAsync()
    {
        lock (order.Gate)
        {
            var settled = _waiters.AddFlush(_lastAppended);
            CompleteFlushes();
            return settled;
        }
    }

    public override void Stop()
    {
        lock (order.Gate)
            _isStopped = true;
        SignalStopped();
    }

    /// <summary>The sender has ended: who waits for an event of what is left learns that another process will send it.</summary>
    public void EndConfirmations()
    {
        lock (order.Gate)
            _confirmations.CompleteAll(DropReasons.Spooled);
    }

    public override DeliveryClassLedger Snapshot()
    {
        lock (order.Gate)
            return _ledger.Snapshot(_accepted);
    }

    // Events whose commit failed are never read, so that positions alone do not tell when the last of all is done.
    private void CompleteFlushes() =>
        _waiters.CompleteFlushes(_accepted == _settled + _failed ? long.MaxValue : _settledThrough + 1);
}
