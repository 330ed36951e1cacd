namespace Telemetry.Events.Transport;

/// <summary>A transport that can say, before the first event, whether it would work here.</summary>
/// <remarks>
/// Implemented beside <see cref="IEventTransport"/> where a broker can be asked. A check stores nothing at the broker. Safe to call
/// while events are being sent.
/// </remarks>
public interface ITransportPreflight
{
    /// <summary>Checks what can be checked, in the order in which a failure explains those after it.</summary>
    /// <param name="request">What the service is going to send.</param>
    /// <param name="cancellationToken">Ends the checks; those not made are left out.</param>
    /// <returns>One finding for each check. A broker that cannot be reached is a finding, not an exception.</returns>
    IAsyncEnumerable<PreflightFinding> CheckAsync(PreflightRequest request, CancellationToken cancellationToken = default);
}
