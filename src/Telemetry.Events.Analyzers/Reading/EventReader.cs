using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>
/// Reads a typed event from its declaration. The generator and the analyzers read by this same code; only the latter say
/// what is wrong.
/// </summary>
internal static class EventReader
{
    /// <summary>Reads an event; a wrong name or member still gives one, so that one mistake is one error.</summary>
    /// <returns>Null where no other part of the type can be written.</returns>
    public static EventModel? Read(
        INamedTypeSymbol type, AttributeData attribute, Action<Diagnostic>? report, CancellationToken cancellation)
    {
        var shape = ShapeReader.Read(type, report, cancellation);
        var fields = FieldReader.Read(type, new FieldTypeReader(), report);
        var subject = EnvelopeMemberReader.Read(type, KnownNames.EventSubject, "subject", report);
        var key = EnvelopeMemberReader.Read(type, KnownNames.EventPartitionKey, "partition key", report);
        var delivery = ReadDelivery(attribute, report, cancellation);
        if (shape is null || delivery is null)
            return null;
        return new EventModel(
            shape, attribute.Text() ?? "", attribute.Named("Topic").Value as string ?? "", delivery, subject, key, new(fields));
    }

    /// <summary>Reads a payload.</summary>
    /// <returns>Null where no other part of the type can be written, or needs to be: an event has its <c>WriteData</c> already.</returns>
    public static PayloadModel? ReadPayload(INamedTypeSymbol type, Action<Diagnostic>? report, CancellationToken cancellation)
    {
        var shape = ShapeReader.Read(type, report, cancellation);
        var fields = FieldReader.Read(type, new FieldTypeReader().Within(type), report);
        return shape is null || type.FindAttribute(KnownNames.TelemetryEvent) is not null ? null : new PayloadModel(shape, new(fields));
    }

    /// <summary>The enum member of the event's delivery class; null where it is left out or undefined.</summary>
    public static string? ReadDelivery(AttributeData attribute, Action<Diagnostic>? report, CancellationToken cancellation)
    {
        var delivery = attribute.Named("Delivery");
        var member = delivery.EnumMember();
        if (member is null && delivery.Kind == TypedConstantKind.Enum)
        {
            report?.Invoke(Diagnostic.Create(
                DesignRules.DeliveryUndefined, attribute.PlaceOf("Delivery", cancellation), delivery.Value));
        }

        return member;
    }
}
