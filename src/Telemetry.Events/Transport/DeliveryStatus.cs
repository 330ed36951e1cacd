namespace Telemetry.Events.Transport;

/// <summary>What became of one attempt to deliver one event.</summary>
public enum DeliveryStatus
{
    /// <summary>
    /// Nobody can say; the event is sent again under the same id. The default, so that an event that a transport forgets
    /// is repeated and not lost.
    /// </summary>
    Unknown = 0,

    /// <summary>The broker acknowledged it.</summary>
    Delivered,

    /// <summary>It was not stored, and a later attempt may succeed.</summary>
    Retriable,

    /// <summary>It was not stored, and no later attempt can succeed.</summary>
    Final,
}
