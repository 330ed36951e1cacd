namespace Telemetry.Events.RestProxy;

/// <summary>How a request ended.</summary>
internal enum ProxyReplyKind
{
    /// <summary>There is a status and the whole body.</summary>
    Received = 0,

    /// <summary>There is a status, but the body did not come to its end.</summary>
    BodyLost,

    /// <summary>No connection: nothing was sent.</summary>
    Unreachable,

    /// <summary>The connection broke before the status came.</summary>
    ConnectionLost,

    /// <summary>No status within the time-out.</summary>
    TimedOut,

    /// <summary>The circuit is open: nothing was sent.</summary>
    CircuitOpen,

    /// <summary>The pipeline let nothing through for a reason of its own: nothing was sent.</summary>
    Rejected,

    /// <summary>There is no bearer token: nothing was sent.</summary>
    TokenUnavailable,

    /// <summary>The caller's time was out before anything was sent.</summary>
    CancelledUnsent,

    /// <summary>The caller's time was out while it was under way.</summary>
    Cancelled,
}
