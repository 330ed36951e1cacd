using System.Text.Json;

namespace Telemetry.Events;

/// <summary>An event as a consumer reads it: the envelope's attributes and the payload. Immutable.</summary>
public sealed record EventEnvelope
{
    /// <summary>CloudEvents <c>id</c>; one event keeps it through every redelivery.</summary>
    public required string Id { get; init; }

    /// <summary>CloudEvents <c>source</c>.</summary>
    public required string Source { get; init; }

    /// <summary>CloudEvents <c>type</c>: the event's name. Not checked against <see cref="EventName"/>: senders older than the rules exist.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened; null where the sender left it out.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>All other string attributes, extensions included, by their names on the wire.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>The payload; an undefined element where there is none.</summary>
    public JsonElement Data { get; init; }

    /// <summary>An attribute by its name on the wire (<see cref="EnvelopeAttributes"/>), or null.</summary>
    public string? GetAttribute(string name) => Attributes.GetValueOrDefault(name);

    /// <summary>A string member of the payload, or null where it is absent, null or no string.</summary>
    public string? GetDataString(string name) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
