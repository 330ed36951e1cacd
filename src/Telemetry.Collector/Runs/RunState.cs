namespace Telemetry.Collector.Runs;

/// <summary>
/// Where a run stands. The store is the queue (docs/architecture.md): after a restart the next step follows from this
/// column alone.
/// </summary>
public enum RunState
{
    /// <summary>One of its two events is still missing.</summary>
    Open,

    /// <summary>Both events are here; the measurement is due after the settle delay, or is being retried.</summary>
    Finished,

    /// <summary>Metrics are stored.</summary>
    Measured,

    /// <summary>Prometheus answered, and has nothing on this node for this window. Never shown as zeros.</summary>
    NoData,

    /// <summary>
    /// One of its two events did not come in time. Where Prometheus has a last sample of its pod or node, the figures reach to
    /// that moment (<see cref="Run.EvidenceAt"/>). An event that comes after all opens it again.
    /// </summary>
    Orphaned,
}
