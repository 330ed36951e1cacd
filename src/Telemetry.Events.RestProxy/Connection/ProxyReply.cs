using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>How a request ended; a body is in the exchange.</summary>
/// <param name="Kind">Whether there is a reply.</param>
/// <param name="Status">The HTTP status; 0 where none came.</param>
internal readonly record struct ProxyReply(ProxyReplyKind Kind, int Status = 0)
{
    public bool IsSuccess => Kind == ProxyReplyKind.Received && Status is >= 200 and < 300;

    /// <summary>The outcome of each event of a request that got no status.</summary>
    public DeliveryOutcome OutcomeWithoutStatus() => Kind switch
    {
        ProxyReplyKind.Unreachable => DeliveryOutcome.Retriable(RestProxyOutcomes.Unreachable),
        ProxyReplyKind.CircuitOpen => DeliveryOutcome.Retriable(RestProxyOutcomes.CircuitOpen),
        ProxyReplyKind.Rejected => DeliveryOutcome.Retriable(RestProxyOutcomes.Rejected),
        ProxyReplyKind.TokenUnavailable => DeliveryOutcome.Retriable(RestProxyOutcomes.TokenUnavailable),
        ProxyReplyKind.CancelledUnsent => DeliveryOutcome.Retriable(RestProxyOutcomes.Cancelled),
        ProxyReplyKind.Cancelled => DeliveryOutcome.Unknown(RestProxyOutcomes.Cancelled),
        ProxyReplyKind.TimedOut => DeliveryOutcome.Unknown(RestProxyOutcomes.TimedOut),
        _ => DeliveryOutcome.Unknown(RestProxyOutcomes.ConnectionLost),
    };
}
