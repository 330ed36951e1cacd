using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>What probing found: an endpoint, or why there is none.</summary>
/// <param name="Endpoint">Null where nothing can be sent.</param>
/// <param name="Outcome">Without an endpoint: what it means for events that wait.</param>
/// <param name="Detail">What was found, as a sentence without a secret.</param>
/// <param name="Advice">What to change; null where there is nothing to change.</param>
internal sealed record DialectFinding(ProxyEndpoint? Endpoint, DeliveryOutcome Outcome, string Detail, string? Advice = null);
