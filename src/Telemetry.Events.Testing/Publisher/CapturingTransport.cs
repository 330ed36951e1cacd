using System.Collections.Concurrent;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>Keeps each event until the one who published it takes it.</summary>
internal sealed class CapturingTransport : IEventTransport
{
    private readonly ConcurrentDictionary<Guid, EventEnvelope> _envelopes = new();

    public string Name => "capturing";

    /// <summary>The envelope of an event that was confirmed; only once.</summary>
    public EventEnvelope Take(Guid id) => _envelopes.TryRemove(id, out var envelope)
        ? envelope
        : throw new InvalidOperationException($"The event {id} was confirmed without being sent, or was taken before.");

    public ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var outgoing = batch.Span[i];
            if (EventEnvelopeReader.TryRead(outgoing.Body, out var envelope, out _))
            {
                _envelopes[outgoing.Id] = envelope;
                outcomes.Span[i] = DeliveryOutcome.Delivered();
            }
            else
            {
                // The payload wrote what is no JSON: no consumer could read it.
                outcomes.Span[i] = DeliveryOutcome.Final("invalid_payload");
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
