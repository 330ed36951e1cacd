namespace Telemetry.Events;

/// <summary>The payload of one event: what it is about, what orders it, and its fields.</summary>
/// <remarks>
/// The publisher calls all members on the caller's thread, before the call returns; an implementation needs no locks of its
/// own. A struct is passed through without boxing.
/// </remarks>
public interface IEventData
{
    /// <summary>
    /// CloudEvents <c>subject</c>: what the event is about (a task, an asset, a policy). Null leaves it out. A character that
    /// a CloudEvents attribute may not hold, such as a control character, becomes U+FFFD; so also in the key.
    /// </summary>
    string? Subject { get; }

    /// <summary>
    /// The record's key: events of one key keep their order. Null falls back to <see cref="Subject"/>; where that is null
    /// too, the record has no key and goes to any partition.
    /// </summary>
    string? PartitionKey { get; }

    /// <summary>
    /// Writes the members of the <c>data</c> object; the braces around them are the publisher's. An exception from here
    /// refuses the event as <see cref="RefusalReason.InvalidPayload"/>.
    /// </summary>
    /// <param name="writer">Takes the members in the order written.</param>
    void WriteData(ref EventDataWriter writer);
}
