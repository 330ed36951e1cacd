namespace Telemetry.Events.Analyzers.Model;

/// <summary>A typed event, read from its declaration.</summary>
/// <param name="Shape">The type.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Delivery">The enum member of its delivery class.</param>
/// <param name="Subject">Null where no member is marked.</param>
/// <param name="PartitionKey">Null where no member is marked.</param>
/// <param name="Fields">The data, in the order written.</param>
internal sealed record EventModel(
    TypeShape Shape,
    string Name,
    string Topic,
    string Delivery,
    EnvelopeMember? Subject,
    EnvelopeMember? PartitionKey,
    EquatableArray<EventField> Fields);
