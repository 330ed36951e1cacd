using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Routing;

/// <summary>A transport whose broker is never there.</summary>
internal sealed class DownTransport(string name) : IEventTransport
{
    private int _attempts;
    private int _disposals;

    public string Name => name;

    public int Attempts => Volatile.Read(ref _attempts);

    public int Disposals => Volatile.Read(ref _disposals);

    public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        outcomes.Span.Fill(DeliveryOutcome.Retriable("down"));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        return ValueTask.CompletedTask;
    }
}
