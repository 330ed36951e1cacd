using System.Text.Json.Serialization.Metadata;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Hands each event to the handler of its type, one after the other. Types without a handler are passed over, unless
/// <see cref="OnOther"/> takes them.
/// </summary>
/// <remarks>Add all handlers before a consumer uses it.</remarks>
public sealed class EventDispatcher : IConsumedBatchHandler
{
    private readonly Dictionary<string, Func<ConsumedBatch, ConsumedEvent, CancellationToken, ValueTask>> _handlers = new(StringComparer.Ordinal);
    private Func<ConsumedEvent, CancellationToken, ValueTask>? _other;
    private Func<DeadLetterRecord, CancellationToken, ValueTask>? _deadLetter;

    /// <summary>Handles one kind of typed event. A payload that does not fit becomes a dead letter.</summary>
    /// <typeparam name="TEvent">The typed event; its name is the envelope's type.</typeparam>
    /// <param name="typeInfo">How its payload is read, see <see cref="ConsumedEvent.TryReadData"/>.</param>
    /// <param name="handler">Handles one event; see <see cref="IEventConsumerHandler{TEvent}"/> for what is asked of it.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">That kind has a handler already.</exception>
    public EventDispatcher On<TEvent>(
        JsonTypeInfo<TEvent> typeInfo, Func<TEvent, ConsumedEvent, CancellationToken, ValueTask> handler)
        where TEvent : ITelemetryEvent =>
        On(TEvent.Descriptor.Name.Value, typeInfo, handler);

    /// <summary>Handles one type of event by its name on the wire: for names that older senders use.</summary>
    /// <typeparam name="T">What takes the payload.</typeparam>
    /// <param name="type">The envelope's type.</param>
    /// <param name="typeInfo">How the payload is read.</param>
    /// <param name="handler">Handles one event.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">That type has a handler already.</exception>
    public EventDispatcher On<T>(
        string type, JsonTypeInfo<T> typeInfo, Func<T, ConsumedEvent, CancellationToken, ValueTask> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentNullException.ThrowIfNull(handler);
        if (!_handlers.TryAdd(type, (batch, consumed, cancellation) => consumed.TryReadData(typeInfo, out var data, out var error)
                ? handler(data, consumed, cancellation)
                : KeepAsync(batch.Reject(consumed, error), cancellation)))
        {
            throw new ArgumentException($"'{type}' has a handler already. Do both things in one.", nameof(type));
        }

        return this;
    }

    /// <summary>Handles the events whose type has no handler of its own.</summary>
    /// <param name="handler">Handles one event.</param>
    /// <returns>This.</returns>
    public EventDispatcher OnOther(Func<ConsumedEvent, CancellationToken, ValueTask> handler)
    {
        _other = handler;
        return this;
    }

    /// <summary>Keeps what cannot be decoded. Without it, dead letters are logged and counted only.</summary>
    /// <param name="handler">Keeps one record.</param>
    /// <returns>This.</returns>
    public EventDispatcher OnDeadLetter(Func<DeadLetterRecord, CancellationToken, ValueTask> handler)
    {
        _deadLetter = handler;
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask HandleAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var i = batch.HandledDeadLetters; i < batch.DeadLetters.Count; i++)
        {
            await KeepAsync(batch.DeadLetters[i], cancellationToken).ConfigureAwait(false);
            batch.MarkDeadLettersHandled(i + 1);
        }

        for (var i = batch.Handled; i < batch.Events.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DispatchAsync(batch, batch.Events[i], cancellationToken).ConfigureAwait(false);
            batch.MarkHandled(i + 1);
        }
    }

    private ValueTask DispatchAsync(ConsumedBatch batch, ConsumedEvent consumed, CancellationToken cancellationToken)
    {
        if (batch.IsAbandoned(consumed))
            return default;
        return _handlers.TryGetValue(consumed.Envelope.Type, out var handler)
            ? handler(batch, consumed, cancellationToken)
            : _other?.Invoke(consumed, cancellationToken) ?? default;
    }

    private ValueTask KeepAsync(DeadLetterRecord deadLetter, CancellationToken cancellationToken) =>
        _deadLetter?.Invoke(deadLetter, cancellationToken) ?? default;
}
