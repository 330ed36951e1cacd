namespace Telemetry.Events;

/// <summary>
/// What is promised for an event once it is accepted. Each class has its own lane in the publisher, so that a flood of one
/// cannot evict or delay another.
/// </summary>
public enum DeliveryClass
{
    /// <summary>Bounded in memory; when the lane is full the oldest waiting events, a chunk of them, are dropped and counted.</summary>
    Telemetry = 0,

    /// <summary>Bounded in memory; when the lane is full the new event is refused at the call, and nothing accepted is dropped
    /// before shutdown's time is out.</summary>
    Usage = 1,

    /// <summary>
    /// On disk before the call returns: a call blocks for the group commit that covers its event. Nothing accepted is ever dropped by the
    /// publisher; where the disk cannot take an event, the call refuses it. Needs the package Telemetry.Events.Spool and
    /// <c>AddSpool</c>; without it, every event of the class is refused (<see cref="RefusalReason.NoSpool"/>).
    /// </summary>
    Audit = 2,
}
