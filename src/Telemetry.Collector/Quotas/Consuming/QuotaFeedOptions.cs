namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>How the Quota Service follows the usage topics. Configuration section <c>Collector:Quota</c>; checked at start-up.</summary>
public sealed class QuotaFeedOptions
{
    /// <summary>How often it is asked what the tables hold by now. 100 ms to 1 minute; default 1 s.</summary>
    public TimeSpan PositionInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Readiness fails when usage waits and none was read for this long. 1 s to 1 hour; default 30 s.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
