using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>What the requests of one topic in one lane have in common.</summary>
/// <param name="Endpoint">The proxy.</param>
/// <param name="Topic">The broker's name of the topic.</param>
/// <param name="Batch">All events of the call.</param>
/// <param name="Outcomes">Theirs; a lane writes those of its own positions.</param>
internal readonly record struct LaneRequest(
    ProxyEndpoint Endpoint, string Topic, ReadOnlyMemory<OutgoingEvent> Batch, Memory<DeliveryOutcome> Outcomes);
