namespace Telemetry.Events.Spool;

/// <summary>
/// Where and how events are kept until they are sent. Bound from the configuration section <c>TelemetryEvents:Spool</c>; code wins over
/// configuration. Checked at start-up, the directory by writing to it.
/// </summary>
public sealed class SpoolOptions
{
    /// <summary>The configuration section: <c>TelemetryEvents:Spool</c>.</summary>
    public const string SectionName = "TelemetryEvents:Spool";

    /// <summary>
    /// The directory; made where it is missing, readable for the service's user alone. Required. On a local disk that outlives the
    /// process: in a container, a volume. Several processes may share it, each has its own directory inside.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>
    /// The most bytes on disk that a log of class Audit takes; at the bound events are refused (<c>spool_full</c>). 4 MiB to 1 TiB; default
    /// 1 GiB.
    /// </summary>
    public long MaxAuditBytes { get; set; } = 1 << 30;

    /// <summary>The same for a log of class Usage. 4 MiB to 1 TiB; default 1 GiB.</summary>
    public long MaxUsageBytes { get; set; } = 1 << 30;

    /// <summary>
    /// The longest time that a commit waits for the events of other threads to share it. A lone thread's event does not wait. Zero, or 1 ms
    /// to 1 s; default 2 ms.
    /// </summary>
    public TimeSpan MaxCommitDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// The share of its size limit above which a log makes the health check say degraded. 0.1 to 1; default 0.8.
    /// </summary>
    public double DegradedFillRatio { get; set; } = 0.8;
}
