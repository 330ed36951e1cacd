namespace Telemetry.Events.Transport;

/// <summary>The one seam between the publisher and a broker.</summary>
/// <remarks>
/// <para>An implementation never throws for a runtime failure, never drops an event by itself and never changes its bytes: it
/// tries once (a client library's own retries included), and says what became of each event. The publisher decides about
/// another attempt, and does the accounting.</para>
/// <para>The publisher calls <see cref="SendAsync"/> concurrently for different delivery classes, and for one class as far as
/// <see cref="Parallelism"/> allows: then for events of different keys only. It disposes the transport after the last call has returned; a transport that is disposed earlier ends its
/// calls, with what is known. Dispose may be repeated.</para>
/// </remarks>
public interface IEventTransport : IAsyncDisposable
{
    /// <summary>A short name for logs and metrics, such as <c>kafka</c>.</summary>
    string Name { get; }

    /// <summary>
    /// How many calls for one delivery class it takes at a time. Read once, before the first call. Default: <see cref="SendParallelism.None"/>.
    /// </summary>
    SendParallelism Parallelism => SendParallelism.None;

    /// <summary>Sends a batch and reports one outcome for each event, by position.</summary>
    /// <param name="batch">The events, in the order in which events of one key must be stored.</param>
    /// <param name="outcomes">
    /// As long as the batch, all <see cref="DeliveryStatus.Unknown"/> at first; the transport fills it before the task
    /// completes and does not touch it afterwards.
    /// </param>
    /// <param name="cancellationToken">
    /// Shutdown's time is out: return promptly with what is known. Cancellation is no exception here either.
    /// </param>
    ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken);
}
