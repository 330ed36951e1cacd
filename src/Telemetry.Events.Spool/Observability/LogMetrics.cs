using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool;

/// <summary>What one log tells <see cref="SpoolMetrics"/>. Safe for use from any thread.</summary>
internal sealed class LogMetrics(SpoolMetrics metrics, DeliveryClass delivery, string transport)
{
    private readonly KeyValuePair<string, object?> _class = Class(delivery);
    private readonly KeyValuePair<string, object?> _transport = Transport(transport);

    public void Committed(TimeSpan duration, int events)
    {
        metrics.Commits.Add(1, _class, _transport, new("outcome", "durable"));
        metrics.CommitDuration.Record(duration.TotalSeconds, _class, _transport);
        metrics.CommitEvents.Record(events, _class, _transport);
    }

    public void CommitFailed(SpoolRefusal reason, int events)
    {
        metrics.Commits.Add(1, _class, _transport, new("outcome", reason.ToCode()));
        Refused(reason, events);
    }

    public void Refused(SpoolRefusal reason, int events = 1) => metrics.Refused.Add(events, _class, _transport, new("reason", reason.ToCode()));

    public void Corrupt(long events) => metrics.Corrupt.Add(events, _class, _transport);

    internal static KeyValuePair<string, object?> Class(DeliveryClass delivery) =>
        new("delivery_class", delivery switch { DeliveryClass.Audit => "audit", DeliveryClass.Usage => "usage", _ => "telemetry" });

    internal static KeyValuePair<string, object?> Transport(string transport) => new("transport", transport);
}
