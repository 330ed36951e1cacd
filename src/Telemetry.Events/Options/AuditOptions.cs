namespace Telemetry.Events;

/// <summary>Class Audit as this service uses it. Its room on disk is bounded by the options of the spool.</summary>
public sealed class AuditOptions
{
    /// <summary>
    /// Whether this service publishes events of class Audit: then the start fails where no spool is registered, instead of the first
    /// such event being refused. A route for class Audit says the same. Default false.
    /// </summary>
    public bool Required { get; set; }

    /// <summary>
    /// How long a call waits for its event to be on disk; then it is refused as <see cref="RefusalReason.SpoolTimedOut"/>. 10 ms to
    /// 10 minutes; default 10 s.
    /// </summary>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
