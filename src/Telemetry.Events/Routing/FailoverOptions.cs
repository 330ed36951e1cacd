namespace Telemetry.Events;

/// <summary>
/// When events go by a second transport: while the first one's circuit is open. Bound from <c>TelemetryEvents:Failover</c>. Checked at
/// start-up.
/// </summary>
public sealed class FailoverOptions
{
    /// <summary>
    /// The second transport's name by the first one's, such as <c>kafka</c> → <c>rest-proxy</c>. It holds for all that goes by the
    /// first, unless a route names another (<see cref="EventRoute.Failover"/>). Default: none. One step only: the second's own entry
    /// is not followed.
    /// </summary>
    public IDictionary<string, string> Transports { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How many batches in a row must make no progress for the circuit to open: none of a batch's events delivered, and none refused
    /// for good. 2 to 1,000; default 2.
    /// </summary>
    public int FailureThreshold { get; set; } = 2;

    /// <summary>
    /// How long the circuit stays open before one batch tries the first transport again. 1 s to 1 hour; default 30 s.
    /// </summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the first transport may take over one batch; then it is cancelled, and what has no outcome is unknown. A client that
    /// was cancelled may still deliver later, so that consumers meet those events twice. 1 s to 10 minutes; default 10 s.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
