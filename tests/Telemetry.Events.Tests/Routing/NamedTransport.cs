using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Routing;

/// <summary>An in-memory transport under another name.</summary>
internal sealed class NamedTransport(string name) : IEventTransport
{
    public InMemoryTransport Inner { get; } = new();

    public string Name => name;

    public IEnumerable<string?> Texts => Inner.Delivered.Select(received => received.Envelope.GetDataString("text"));

    public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
        Inner.SendAsync(batch, outcomes, cancellationToken);

    public ValueTask DisposeAsync() => Inner.DisposeAsync();
}
