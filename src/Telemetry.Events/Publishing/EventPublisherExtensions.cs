using System.Text.Json;
using Telemetry.Events.Publishing;

namespace Telemetry.Events;

/// <summary>Publishing of typed events, and of events whose shape is known only at run time.</summary>
public static class EventPublisherExtensions
{
    /// <inheritdoc cref="IEventPublisher.Publish{TData}(EventDescriptor, in TData)"/>
    /// <param name="publisher">The publisher.</param>
    /// <param name="telemetryEvent">The event.</param>
    public static PublishResult Publish<TEvent>(this IEventPublisher publisher, in TEvent telemetryEvent)
        where TEvent : ITelemetryEvent
    {
        ArgumentNullException.ThrowIfNull(publisher);
        // A generic method is looked up at each call through an interface; through its own type it is not.
        return publisher is EventPublisher own
            ? own.Publish(TEvent.Descriptor, telemetryEvent)
            : publisher.Publish(TEvent.Descriptor, telemetryEvent);
    }

    /// <inheritdoc cref="IEventPublisher.PublishAsync{TData}(EventDescriptor, TData, CancellationToken)"/>
    /// <param name="publisher">The publisher.</param>
    /// <param name="telemetryEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait for room; the event is then not published.</param>
    public static ValueTask<PublishResult> PublishAsync<TEvent>(
        this IEventPublisher publisher, TEvent telemetryEvent, CancellationToken cancellationToken = default)
        where TEvent : ITelemetryEvent
    {
        ArgumentNullException.ThrowIfNull(publisher);
        return publisher.PublishAsync(TEvent.Descriptor, telemetryEvent, cancellationToken);
    }

    /// <inheritdoc cref="IEventPublisher.ConfirmAsync{TData}(EventDescriptor, TData, CancellationToken)"/>
    /// <param name="publisher">The publisher.</param>
    /// <param name="telemetryEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait only: an accepted event is still delivered.</param>
    public static ValueTask<DeliveryReceipt> ConfirmAsync<TEvent>(
        this IEventPublisher publisher, TEvent telemetryEvent, CancellationToken cancellationToken = default)
        where TEvent : ITelemetryEvent
    {
        ArgumentNullException.ThrowIfNull(publisher);
        return publisher.ConfirmAsync(TEvent.Descriptor, telemetryEvent, cancellationToken);
    }

    /// <summary>Publishes an event whose name is known only at run time. Never blocks.</summary>
    /// <param name="publisher">The publisher.</param>
    /// <param name="descriptor">The kind of event; keep it where the name comes again.</param>
    /// <param name="data">A JSON object; its members become the event's data.</param>
    /// <param name="subject">What the event is about; null leaves it out.</param>
    /// <param name="partitionKey">The record's key; null falls back to the subject.</param>
    public static PublishResult Publish(
        this IEventPublisher publisher, EventDescriptor descriptor, JsonElement data, string? subject = null, string? partitionKey = null)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        return publisher.Publish(descriptor, new JsonEventData(data, subject, partitionKey));
    }
}
