using System.Collections.Concurrent;
using Telemetry.Events.Transport;

namespace Telemetry.AotSmoke;

/// <summary>Delivers everything and keeps the bytes.</summary>
internal sealed class RecordingTransport : IEventTransport
{
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    public IReadOnlyCollection<byte[]> Bodies => _bodies;

    public string Name => "recording";

    public ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            _bodies.Enqueue(batch.Span[i].Body.ToArray());
            outcomes.Span[i] = DeliveryOutcome.Delivered();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
