namespace Telemetry.Events.Publishing;

/// <summary>
/// Counts of one delivery class. Not thread-safe: the queue that owns it calls every member under its lock,
/// which is what makes a snapshot exact.
/// </summary>
internal sealed class LaneLedger(DeliveryClass delivery)
{
    private readonly Dictionary<string, long> _dropped = new(StringComparer.Ordinal);
    private readonly Dictionary<RefusalReason, long> _refused = [];
    private long _delivered;
    private long _retried;

    public void Deliver(long events) => _delivered += events;

    public void Retry(long events) => _retried += events;

    public void Drop(string reason) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + 1;

    public void Refuse(RefusalReason reason) => _refused[reason] = _refused.GetValueOrDefault(reason) + 1;

    public DeliveryClassLedger Snapshot() => new()
    {
        Delivery = delivery,
        // The stripes count what is accepted; the lane adds it.
        Accepted = 0,
        Delivered = _delivered,
        Retried = _retried,
        Dropped = new Dictionary<string, long>(_dropped, StringComparer.Ordinal),
        Refused = new Dictionary<RefusalReason, long>(_refused),
    };
}
