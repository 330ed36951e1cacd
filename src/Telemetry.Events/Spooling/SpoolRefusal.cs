namespace Telemetry.Events.Spooling;

/// <summary>Why a log does not hold an event.</summary>
public enum SpoolRefusal
{
    /// <summary>It holds it.</summary>
    None = 0,

    /// <summary>The log has reached its size limit. Room comes back when events are acknowledged.</summary>
    Full,

    /// <summary>The memory before the disk is full: wait for the commit of what was appended, then try again.</summary>
    Busy,

    /// <summary>The event is larger than a record can be.</summary>
    TooLarge,

    /// <summary>The disk, or the user's share of it, is full.</summary>
    DiskFull,

    /// <summary>The file system is mounted read-only.</summary>
    ReadOnly,

    /// <summary>The process may not write there.</summary>
    AccessDenied,

    /// <summary>Somebody removed the directory. Events in it that were not sent are gone.</summary>
    DirectoryRemoved,

    /// <summary>The disk failed in another way; the log has the details.</summary>
    DiskError,

    /// <summary>The wait ended before the commit did: whether the event is durable is not known.</summary>
    TimedOut,

    /// <summary>The spool is disposed.</summary>
    Closed,
}
