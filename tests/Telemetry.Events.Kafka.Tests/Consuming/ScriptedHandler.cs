using System.Collections.Concurrent;

namespace Telemetry.Events.Kafka.Tests.Consuming;

/// <summary>Handles batches as the test says, and remembers what it was given.</summary>
internal sealed class ScriptedHandler(Func<ConsumedBatch, CancellationToken, Task>? script = null) : IConsumedBatchHandler
{
    /// <summary>The ids of events that were handled, in their order.</summary>
    public ConcurrentQueue<string> Handled { get; } = new();

    public ConcurrentQueue<DeadLetterRecord> DeadLetters { get; } = new();

    public async ValueTask HandleAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        if (script is not null)
            await script(batch, cancellationToken);
        foreach (var consumed in batch.Events)
            Handled.Enqueue(consumed.Envelope.Id);
        foreach (var dead in batch.DeadLetters)
            DeadLetters.Enqueue(dead);
    }
}
