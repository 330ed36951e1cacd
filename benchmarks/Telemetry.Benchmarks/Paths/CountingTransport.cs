using Telemetry.Events.Transport;

namespace Telemetry.Benchmarks.Paths;

/// <summary>Reports every event as delivered, and counts.</summary>
internal sealed class CountingTransport : IEventTransport
{
    private long _arrived;

    public string Name => "counting";

    public long Arrived => Interlocked.Read(ref _arrived);

    public ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        outcomes.Span.Fill(DeliveryOutcome.Delivered());
        Interlocked.Add(ref _arrived, batch.Length);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
