namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>How far the Quota Service has come since its start.</summary>
internal enum QuotaStage
{
    /// <summary>The state log is being read.</summary>
    Replaying,

    /// <summary>Kafka is asked what the tables hold.</summary>
    FindingPositions,

    /// <summary>The usage that the tables do not hold yet is being read.</summary>
    CatchingUp,

    /// <summary>It answers.</summary>
    Serving,
}
