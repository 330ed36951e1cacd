using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>Hands each event to the one who published it.</summary>
internal sealed class CapturingTransport : IEventTransport
{
    private readonly Lock _gate = new();

    // Guarded by _gate. An event is sent before or after it is asked for: the first of the two puts the entry here, the second
    // takes it out.
    private readonly Dictionary<Guid, TaskCompletionSource<EventEnvelope>> _entries = [];

    public string Name => "capturing";

    /// <summary>The envelope of an accepted event. Ask once.</summary>
    public Task<EventEnvelope> WhenSentAsync(Guid id) => Meet(id).Task;

    public ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var outgoing = batch.Span[i];
            var entry = Meet(outgoing.Id);
            if (EventEnvelopeReader.TryRead(outgoing.Body, out var envelope, out var error))
                entry.SetResult(envelope);
            else
                entry.SetException(new InvalidOperationException($"No consumer can read this event: {error}"));
            outcomes.Span[i] = DeliveryOutcome.Delivered();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TaskCompletionSource<EventEnvelope> Meet(Guid id)
    {
        lock (_gate)
        {
            if (_entries.Remove(id, out var entry))
                return entry;
            entry = new TaskCompletionSource<EventEnvelope>(TaskCreationOptions.RunContinuationsAsynchronously);
            _entries.Add(id, entry);
            return entry;
        }
    }
}
