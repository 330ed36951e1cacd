using System.Diagnostics.Metrics;

namespace Telemetry.Events.Kafka;

/// <summary>The meter <c>Telemetry.Events.Kafka</c>: librdkafka's statistics. Names and units are a contract (docs/kafka.md).</summary>
internal sealed class KafkaMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Events.Kafka";

    private readonly KafkaStatistics _statistics;
    private readonly KeyValuePair<string, object?> _transport;

    /// <param name="transport">The transport's name.</param>
    /// <param name="statistics">What is observed.</param>
    /// <param name="meters">Makes the meter, and then owns it; null for a meter of our own.</param>
    public KafkaMetrics(string transport, KafkaStatistics statistics, IMeterFactory? meters)
    {
        _statistics = statistics;
        _transport = new("transport", transport);
        Meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        Meter.CreateObservableGauge(
            "telemetry.events.kafka.queue.messages", () => Measure(all => all.QueuedMessages), "{message}", "Messages that wait for an acknowledgement.");
        Meter.CreateObservableGauge(
            "telemetry.events.kafka.queue.size", () => Measure(all => all.QueuedBytes), "By", "Bytes of the messages that wait for an acknowledgement.");
        Meter.CreateObservableCounter(
            "telemetry.events.kafka.sent.messages", () => Measure(all => all.SentMessages), "{message}", "Messages transmitted.");
        Meter.CreateObservableCounter(
            "telemetry.events.kafka.sent.size", () => Measure(all => all.SentBytes), "By", "Bytes transmitted, compressed.");
        Meter.CreateObservableCounter(
            "telemetry.events.kafka.broker.retries", () => Each(broker => broker.Retries), "{request}", "Requests sent again.");
        Meter.CreateObservableCounter(
            "telemetry.events.kafka.broker.connects", () => Each(broker => broker.Connects), "{connection}", "Attempts to connect.");
        Meter.CreateObservableCounter(
            "telemetry.events.kafka.broker.disconnects", () => Each(broker => broker.Disconnects), "{connection}", "Connections lost.");
        Meter.CreateObservableGauge(
            "telemetry.events.kafka.broker.rtt.p99", () => Each(broker => broker.RoundTripP99.TotalSeconds), "s", "99th percentile of the round trips.");
        Meter.CreateObservableGauge(
            "telemetry.events.kafka.broker.throttle", () => Each(broker => broker.Throttle.TotalSeconds), "s", "Average wait that the broker asked for.");
    }

    public Meter Meter { get; }

    public void Dispose() => Meter.Dispose();

    private Measurement<long> Measure(Func<ProducerStatistics, long> value) => new(value(_statistics.Read()), _transport);

    private IEnumerable<Measurement<T>> Each<T>(Func<BrokerStatistics, T> value)
        where T : struct =>
        _statistics.Read().Brokers.Select(broker => new Measurement<T>(value(broker), _transport, new("server.address", broker.Address)));
}
