using System.Collections.Concurrent;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Analyzers.Tests.Generation;

/// <summary>Keeps what the publisher sends.</summary>
internal sealed class CapturingTransport : IEventTransport
{
    public ConcurrentQueue<(string Topic, string Key, byte[] Body)> Sent { get; } = [];

    public string Name => "capturing";

    public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var one in batch.Span)
            Sent.Enqueue((one.Topic, System.Text.Encoding.UTF8.GetString(one.Key.Span), one.Body.ToArray()));
        outcomes.Span.Fill(DeliveryOutcome.Delivered());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
