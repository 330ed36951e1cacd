namespace Telemetry.Events;

/// <summary>Why an event was not accepted. A refused event has no sequence number and was never on its way.</summary>
public enum RefusalReason
{
    /// <summary>It was accepted.</summary>
    None = 0,

    /// <summary>The lane of its delivery class is full, by count or by bytes.</summary>
    BufferFull,

    /// <summary>The encoded event is larger than <see cref="TelemetryEventsOptions.MaxEventBytes"/>.</summary>
    TooLarge,

    /// <summary>The payload threw while it was written, or holds what JSON cannot.</summary>
    InvalidPayload,

    /// <summary>The publisher is stopping or has stopped.</summary>
    Stopped,
}
