namespace Telemetry.Collector.Runs;

/// <summary>What a measurement of a run is for; a run passes through them in this order, and may skip some.</summary>
public enum MeasurementStage
{
    /// <summary>Its other event has not come in time: to be closed with what Prometheus last saw of it.</summary>
    Orphan,

    /// <summary>Right after the finish; whatever comes out, the final one follows.</summary>
    Provisional,

    /// <summary>After the settle delay.</summary>
    Final,

    /// <summary>Once more, later: counts only where it differs.</summary>
    Correction,

    /// <summary>By hand (<c>telemetry-collector measure</c>), at any time: counts only where it differs, and nothing else moves.</summary>
    Backfill,
}
