namespace Telemetry.Events;

/// <summary>
/// Marks the record's key: events of one key keep their order. Without it the key is the subject. It remains a field of the
/// data.
/// </summary>
/// <remarks>
/// At most one member of an event; a string, a <see cref="Guid"/>, an integer or a <see cref="Uri"/>. For a key made of
/// several members mark a computed property, and leave it out of the data by <see cref="EventIgnoreAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EventPartitionKeyAttribute : Attribute;
