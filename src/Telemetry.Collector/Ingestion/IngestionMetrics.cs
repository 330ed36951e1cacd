using System.Diagnostics.Metrics;
using Telemetry.Collector.Observability;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Instruments of the meter <c>Telemetry.Collector</c> about what is read, by source.</summary>
internal sealed class IngestionMetrics
{
    public IngestionMetrics(IMeterFactory meters, RunEventSources sources)
    {
        var meter = meters.Create(CollectorMeter.Name);
        meter.CreateObservableCounter(
            "telemetry.collector.ingestion.records", () => Each(status => status.Handled), "{record}", "Records read and stored, dead letters included.");
        meter.CreateObservableCounter(
            "telemetry.collector.ingestion.dead_letters", () => Each(status => status.DeadLetters), "{record}", "Records that could not be decoded.");
        meter.CreateObservableGauge(
            "telemetry.collector.ingestion.lag", () => Each(status => status.Lag), "{record}", "Records that wait to be read or stored.");
        meter.CreateObservableGauge(
            "telemetry.collector.ingestion.partitions", () => Each(status => status.AssignedPartitions), "{partition}", "Partitions that this instance reads.");

        IEnumerable<Measurement<long>> Each(Func<EventConsumerStatus, long> value) => sources.Statuses.Select(
            source => new Measurement<long>(value(source.Status), new KeyValuePair<string, object?>("source", source.Name)));
    }
}
