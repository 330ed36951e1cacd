using System.Diagnostics.Metrics;

namespace Telemetry.Collector.Ingestion;

/// <summary>Instruments of the meter <c>Telemetry.Collector</c> about what is read.</summary>
internal sealed class IngestionMetrics
{
    public const string MeterName = "Telemetry.Collector";

    public IngestionMetrics(IMeterFactory meters, IngestionProgress progress)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter(
            "collector.ingestion.records", () => progress.Take().StoredRecords, "{record}", "Records read and stored, dead letters included.");
        meter.CreateObservableCounter(
            "collector.ingestion.dead_letters", () => progress.Take().DeadLetters, "{record}", "Records that could not be decoded.");
        meter.CreateObservableGauge(
            "collector.ingestion.lag", () => progress.Take().Lag, "{record}", "Records that wait to be read or stored.");
        meter.CreateObservableGauge(
            "collector.ingestion.partitions", () => progress.Take().AssignedPartitions, "{partition}", "Partitions that this instance reads.");
    }
}
