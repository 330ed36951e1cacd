using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Telemetry.Events.Kafka;

/// <summary>An event as it was read from a topic: the envelope, and where it stood. Immutable.</summary>
public sealed record ConsumedEvent
{
    /// <summary>The topic or event hub.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The offset within the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>The record's key; empty for none.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The record's value as the producer sent it.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>The event. Its <see cref="EventEnvelope.Id"/> stays the same through every redelivery: dedupe by it.</summary>
    public required EventEnvelope Envelope { get; init; }

    /// <summary>
    /// Reads the payload into a type, without reflection. A member that is declared as never null must be there; so give fields that
    /// are added to a kind of event later a nullable type.
    /// </summary>
    /// <typeparam name="T">A typed event of the catalog, or any type that takes its fields.</typeparam>
    /// <param name="typeInfo">
    /// From a <c>JsonSerializerContext</c> of the service; the fields are in snake_case, so give it
    /// <c>PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower</c>.
    /// </param>
    /// <param name="data">The payload, where the result is true.</param>
    /// <param name="error">A sentence that says what does not fit, where the result is false.</param>
    /// <returns>Whether the payload fits the type.</returns>
    public bool TryReadData<T>(
        JsonTypeInfo<T> typeInfo, [NotNullWhen(true)] out T? data, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        data = default;
        error = null;
        if (Envelope.Data.ValueKind != JsonValueKind.Object)
        {
            error = "The event has no data object.";
            return false;
        }

        if (FindMissing(typeInfo) is { } missing)
        {
            error = $"The data does not fit {typeof(T).Name}: {missing} is missing.";
            return false;
        }

        try
        {
            data = Envelope.Data.Deserialize(typeInfo)!;
            return true;
        }
        catch (JsonException exception)
        {
            error = $"The data does not fit {typeof(T).Name}: {exception.Path ?? "$"} cannot be read.";
            return false;
        }
    }

    // System.Text.Json would leave null in a member that is declared as never null, and the handler would act on half an event.
    private string? FindMissing(JsonTypeInfo typeInfo)
    {
        foreach (var property in typeInfo.Properties)
        {
            if (property is { Set: not null, IsSetNullable: false } &&
                (!Envelope.Data.TryGetProperty(property.Name, out var value) || value.ValueKind == JsonValueKind.Null))
            {
                return property.Name;
            }
        }

        return null;
    }

    /// <summary>Where it stood: <c>topic[partition]@offset</c>, and which event it is.</summary>
    public override string ToString() => $"{Topic}[{Partition}]@{Offset} {Envelope.Type} {Envelope.Id}";
}
