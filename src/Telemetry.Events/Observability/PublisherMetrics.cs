using System.Diagnostics.Metrics;
using Telemetry.Events.Publishing;

namespace Telemetry.Events;

/// <summary>
/// The meter <c>Telemetry.Events</c>. All counts are observed from the ledger, so that they cost nothing on the publish path and
/// can never disagree with it.
/// </summary>
internal sealed class PublisherMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Events";

    private readonly Meter _meter;
    private readonly Histogram<double> _deliveryDuration;

    /// <param name="lanes">What is observed.</param>
    /// <param name="meters">Makes the meter, and then owns it; null for a meter of our own.</param>
    public PublisherMetrics(IReadOnlyList<Lane> lanes, IMeterFactory? meters)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _deliveryDuration = _meter.CreateHistogram<double>(
            "telemetry.events.delivery.duration", "s", "From the event's time to the broker's acknowledgement.");
        _meter.CreateObservableCounter(
            "telemetry.events.accepted", () => Each(lanes, ledger => ledger.Accepted), "{event}", "Events accepted.");
        _meter.CreateObservableCounter(
            "telemetry.events.delivered", () => Each(lanes, ledger => ledger.Delivered), "{event}", "Events acknowledged by a broker.");
        _meter.CreateObservableCounter(
            "telemetry.events.retried", () => Each(lanes, ledger => ledger.Retried), "{event}", "Attempts after an event's first.");
        _meter.CreateObservableCounter(
            "telemetry.events.dropped",
            () => lanes.SelectMany(lane => lane.Snapshot().Dropped, (lane, entry) => Reason(lane, entry.Key, entry.Value)),
            "{event}",
            "Accepted events given up, by reason.");
        _meter.CreateObservableCounter(
            "telemetry.events.refused",
            () => lanes.SelectMany(
                lane => lane.Snapshot().Refused, (lane, entry) => Reason(lane, entry.Key.ToCode(), entry.Value)),
            "{event}",
            "Calls that were not accepted, by reason.");
        _meter.CreateObservableGauge(
            "telemetry.events.buffered",
            () => lanes.Select(lane => new Measurement<int>(lane.Held.Events, Class(lane.Delivery), Transport(lane))),
            "{event}",
            "Room for events that is taken in memory, by the chunk.");
        _meter.CreateObservableGauge(
            "telemetry.events.buffered.size",
            () => lanes.Select(lane => new Measurement<long>(lane.Held.Bytes, Class(lane.Delivery), Transport(lane))),
            "By",
            "Bytes of memory taken by events, by the chunk.");
        _meter.CreateObservableGauge(
            "telemetry.events.spooled",
            () => Each(lanes, ledger => ledger.Spooled),
            "{event}",
            "Accepted events that are on disk and neither delivered nor dropped.");
        _meter.CreateObservableGauge(
            "telemetry.events.spooled.size",
            () => lanes.Select(lane => new Measurement<long>(lane.SpooledBytes, Class(lane.Delivery), Transport(lane))),
            "By",
            "Bytes on disk, with those of settled events that are not deleted yet.");
        _meter.CreateObservableCounter(
            "telemetry.events.recovered", () => Each(lanes, ledger => ledger.Recovered), "{event}", "Events of earlier processes found on disk.");
        _meter.CreateObservableCounter(
            "telemetry.events.redelivered", () => Each(lanes, ledger => ledger.Redelivered), "{event}", "Those of them that a broker acknowledged.");
    }

    /// <summary>Whether anybody listens to the duration of deliveries.</summary>
    public bool RecordsDeliveries => _deliveryDuration.Enabled;

    /// <summary>Records one delivered event.</summary>
    public void RecordDelivery(Lane lane, TimeSpan duration) =>
        _deliveryDuration.Record(Math.Max(0, duration.TotalSeconds), Class(lane.Delivery), Transport(lane));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(IReadOnlyList<Lane> lanes, Func<DeliveryClassLedger, long> count) =>
        lanes.Select(lane => new Measurement<long>(count(lane.Snapshot()), Class(lane.Delivery), Transport(lane)));

    private static Measurement<long> Reason(Lane lane, string reason, long count) =>
        new(count, Class(lane.Delivery), Transport(lane), new("reason", reason));

    private static KeyValuePair<string, object?> Transport(Lane lane) => new("transport", lane.Transport.Name);

    private static KeyValuePair<string, object?> Class(DeliveryClass delivery) =>
        new("delivery_class", delivery switch { DeliveryClass.Audit => "audit", DeliveryClass.Usage => "usage", _ => "telemetry" });
}
