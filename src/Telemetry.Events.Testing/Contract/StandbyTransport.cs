using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>What a publisher of the contract fails over to. An in-memory transport under a name that no other has.</summary>
internal sealed class StandbyTransport : IEventTransport
{
    private readonly InMemoryTransport _inner = new();

    public string Name => "standby";

    public IReadOnlyList<StoredEvent> Stored =>
    [
        .. _inner.Delivered.Select(received => new StoredEvent(
            received.Topic, Partition: 0, received.Key is null ? default : Encoding.UTF8.GetBytes(received.Key), received.Body)),
    ];

    public ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
        _inner.SendAsync(batch, outcomes, cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
