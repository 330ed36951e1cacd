using System.Text.Json;

namespace Telemetry.Events.Testing;

/// <summary>An event as a service published it. Immutable, as far as its payload is.</summary>
public sealed class PublishedEvent
{
    internal PublishedEvent(EventDescriptor descriptor, object payload, EncodedPayload encoded)
    {
        Descriptor = descriptor;
        Payload = payload;
        Id = encoded.Id;
        Subject = encoded.Subject;
        PartitionKey = encoded.PartitionKey;
        Data = encoded.Data;
    }

    /// <summary>The CloudEvents id that the publisher answered with.</summary>
    public Guid Id { get; }

    /// <summary>Name, topic and delivery class.</summary>
    public EventDescriptor Descriptor { get; }

    /// <summary>The typed event itself, as the service passed it in.</summary>
    public object Payload { get; }

    /// <summary>What consumers find in <c>data</c>.</summary>
    public JsonElement Data { get; }

    /// <summary>The text of <see cref="Data"/>.</summary>
    public string Json => Data.GetRawText();

    /// <summary>What the event is about, as consumers see it; null for none.</summary>
    public string? Subject { get; }

    /// <summary>The record's key, the fallback to the subject included; null for none.</summary>
    public string? PartitionKey { get; }

    /// <summary>One line for a failed assertion's message.</summary>
    public override string ToString() => $"{Descriptor.Name} {Json}";
}
