using System.Text.Json;

namespace Telemetry.Events.Testing;

/// <summary>An event as a service published it.</summary>
/// <remarks>
/// Its encoded form was fixed when it was published; the members that show it may wait a moment for it to arrive.
/// </remarks>
public sealed class PublishedEvent
{
    private readonly Task<EventEnvelope> _envelope;

    internal PublishedEvent(Guid id, EventDescriptor descriptor, object payload, Task<EventEnvelope> envelope)
    {
        Id = id;
        Descriptor = descriptor;
        Payload = payload;
        _envelope = envelope;
    }

    /// <summary>The CloudEvents id that the publisher answered with.</summary>
    public Guid Id { get; }

    /// <summary>Name, topic and delivery class.</summary>
    public EventDescriptor Descriptor { get; }

    /// <summary>The typed event itself, as the service passed it in.</summary>
    public object Payload { get; }

    /// <summary>What consumers find in <c>data</c>.</summary>
    /// <exception cref="InvalidOperationException">The payload wrote what no consumer can read.</exception>
    public JsonElement Data => Envelope.Data;

    /// <summary>The text of <see cref="Data"/>.</summary>
    /// <exception cref="InvalidOperationException">The payload wrote what no consumer can read.</exception>
    public string Json => Data.GetRawText();

    /// <summary>What the event is about, as consumers see it; null for none.</summary>
    /// <exception cref="InvalidOperationException">The payload wrote what no consumer can read.</exception>
    public string? Subject => Envelope.GetAttribute(EnvelopeAttributes.Subject);

    /// <summary>The record's key, the fallback to the subject included; null for none.</summary>
    /// <exception cref="InvalidOperationException">The payload wrote what no consumer can read.</exception>
    public string? PartitionKey => Envelope.GetAttribute(EnvelopeAttributes.PartitionKey);

    private EventEnvelope Envelope => _envelope.GetAwaiter().GetResult();

    /// <summary>One line for a failed assertion's message.</summary>
    public override string ToString() => $"{Descriptor.Name} {Json}";
}
