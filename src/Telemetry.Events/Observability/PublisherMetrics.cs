using System.Diagnostics.Metrics;
using Telemetry.Events.Publishing;

namespace Telemetry.Events;

/// <summary>
/// The meter <c>Telemetry.Events</c>. All instruments are observed from the ledger, so that they cost nothing on the publish
/// path and can never disagree with it.
/// </summary>
internal sealed class PublisherMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Events";

    private readonly Meter _meter = new(MeterName);

    public PublisherMetrics(IReadOnlyList<DeliveryLane> lanes)
    {
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
            () => lanes.Select(lane => new Measurement<int>(lane.Depth().Events, Class(lane))),
            "{event}",
            "Events held in memory.");
        _meter.CreateObservableGauge(
            "telemetry.events.buffered.size",
            () => lanes.Select(lane => new Measurement<long>(lane.Depth().Bytes, Class(lane))),
            "By",
            "Bytes of events held in memory.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(IReadOnlyList<DeliveryLane> lanes, Func<DeliveryClassLedger, long> count) =>
        lanes.Select(lane => new Measurement<long>(count(lane.Snapshot()), Class(lane)));

    private static Measurement<long> Reason(DeliveryLane lane, string reason, long count) =>
        new(count, Class(lane), new("reason", reason));

    private static KeyValuePair<string, object?> Class(DeliveryLane lane) =>
        new("delivery_class", lane.Delivery == DeliveryClass.Usage ? "usage" : "telemetry");
}
