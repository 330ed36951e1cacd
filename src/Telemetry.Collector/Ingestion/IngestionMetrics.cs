using System.Diagnostics.Metrics;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Ingestion;

/// <summary>Instruments of the meter <c>Telemetry.Collector</c> about what is read.</summary>
internal sealed class IngestionMetrics
{
    public IngestionMetrics(IMeterFactory meters, IngestionProgress progress)
    {
        var meter = meters.Create(CollectorMeter.Name);
        meter.CreateObservableCounter(
            "telemetry.collector.ingestion.records", () => progress.Take().StoredRecords, "{record}", "Records read and stored, dead letters included.");
        meter.CreateObservableCounter(
            "telemetry.collector.ingestion.dead_letters", () => progress.Take().DeadLetters, "{record}", "Records that could not be decoded.");
        meter.CreateObservableGauge(
            "telemetry.collector.ingestion.lag", () => progress.Take().Lag, "{record}", "Records that wait to be read or stored.");
        meter.CreateObservableGauge(
            "telemetry.collector.ingestion.partitions", () => progress.Take().AssignedPartitions, "{partition}", "Partitions that this instance reads.");
    }
}
