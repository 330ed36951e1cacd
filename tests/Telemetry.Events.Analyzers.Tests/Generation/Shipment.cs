using System.Text.Json;

[assembly: Telemetry.Events.TelemetryTopic("shipments")]

namespace Telemetry.Events.Analyzers.Tests.Generation;

/// <summary>One member of each kind, written by the generator that this project is built with.</summary>
[TelemetryEvent("shop.shipment.send", Topic = "shipments", Delivery = DeliveryClass.Usage)]
public readonly partial record struct Shipment(
    [EventSubject] Guid Id,
    [EventPartitionKey] long? Customer,
    string? Note = null,
    bool Paid = true,
    int Boxes = 0,
    ulong Serial = ulong.MaxValue,
    float Weight = 0.1f,
    double Volume = 0.1,
    decimal Price = 1.10m,
    DateTimeOffset? At = null,
    DateTime? Due = null,
    TimeSpan Took = default,
    Uri? Link = null,
    Carrier Carrier = Carrier.RedRiver,
    Carrier? Former = null,
    JsonElement More = default,
    IReadOnlyList<string?>? Tags = null,
    int?[]? Counts = null,
    Address? To = null,
    IReadOnlyList<ShipmentLine>? Lines = null,
    [property: EventField("renamed")] string Named = "n",
    [property: EventIgnore] object? Secret = null);

/// <summary>Who carries it.</summary>
public enum Carrier
{
    /// <summary>Named by its member.</summary>
    RedRiver,

    /// <summary>Named otherwise.</summary>
    [EventField("dhl")]
    Other,
}

/// <summary>A payload that is a class.</summary>
[EventPayload]
public sealed partial record Address(string City, string? Street);

/// <summary>A payload that is a struct.</summary>
[EventPayload]
public readonly partial record struct ShipmentLine(string Sku, Address? From);
