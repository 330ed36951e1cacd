using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Counts of one lane. Not thread-safe: whoever owns it calls every member under its lock, which is what makes a snapshot exact.
/// </summary>
internal sealed class LaneLedger(DeliveryClass delivery)
{
    private readonly Dictionary<string, long> _dropped = new(StringComparer.Ordinal);
    private readonly Dictionary<RefusalReason, long> _refused = [];
    private long _delivered;
    private long _retried;
    private long _committed;
    private long _settledFromLog;
    private long _recovered;
    private long _redelivered;
    private long _recoveredDropped;

    // A commit is seen by the log's reader a moment before those who wait for it have said so here.
    private long Spooled => Math.Max(0, _committed - _settledFromLog);

    public void Deliver(long events) => _delivered += events;

    public void Retry(long events) => _retried += events;

    public void Drop(string reason) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + 1;

    public void Refuse(RefusalReason reason) => _refused[reason] = _refused.GetValueOrDefault(reason) + 1;

    /// <summary>Events are durable in the log.</summary>
    public void Commit(long events) => _committed += events;

    /// <summary>Accounts for events that were sent from the log and have their final outcomes.</summary>
    public void SettleFromLog(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        foreach (ref readonly var outcome in outcomes)
        {
            if (!outcome.IsSettled())
                continue;
            _settledFromLog++;
            if (outcome.Status == DeliveryStatus.Delivered)
                _delivered++;
            else
                Drop(outcome.Reason ?? "unspecified");
        }
    }

    public void Recover(long events) => _recovered += events;

    public void SettleRecovered(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        foreach (ref readonly var outcome in outcomes)
        {
            if (outcome.Status == DeliveryStatus.Delivered)
                _redelivered++;
            else if (outcome.Status == DeliveryStatus.Final)
                _recoveredDropped++;
        }
    }

    /// <param name="accepted">Counted by the lane, and read after all that is counted here.</param>
    public DeliveryClassLedger Snapshot(long accepted = 0) => new()
    {
        Delivery = delivery,
        Accepted = accepted,
        Delivered = _delivered,
        Retried = _retried,
        Spooled = Spooled,
        Recovered = _recovered,
        Redelivered = _redelivered,
        RecoveredDropped = _recoveredDropped,
        Dropped = new Dictionary<string, long>(_dropped, StringComparer.Ordinal),
        Refused = new Dictionary<RefusalReason, long>(_refused),
    };
}
