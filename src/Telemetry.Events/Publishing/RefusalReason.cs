namespace Telemetry.Events;

/// <summary>Why an event was not accepted. It was never on its way.</summary>
/// <remarks>
/// A refused event has no sequence number, but for one of class <see cref="DeliveryClass.Audit"/> whose group commit failed: it has one
/// already, and the ledger shows it as accepted and dropped under the refusal's code.
/// </remarks>
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

    /// <summary>
    /// The event is of class <see cref="DeliveryClass.Audit"/>, and no spool is registered. Add the package Telemetry.Events.Spool and
    /// <c>AddSpool</c>.
    /// </summary>
    NoSpool,

    /// <summary>The spool has reached its size limit. Room comes back as events are delivered.</summary>
    SpoolFull,

    /// <summary>The spool's disk is full.</summary>
    SpoolDiskFull,

    /// <summary>The spool's file system is mounted read-only.</summary>
    SpoolReadOnly,

    /// <summary>The process may not write to the spool's directory.</summary>
    SpoolAccessDenied,

    /// <summary>Somebody removed the spool's directory.</summary>
    SpoolDirectoryRemoved,

    /// <summary>The spool's disk failed in another way; the log has the details.</summary>
    SpoolDiskError,
}
