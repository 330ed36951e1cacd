namespace Telemetry.Events.Spool.Records;

/// <summary>What is wrong with a stretch of a segment.</summary>
internal enum DamageReason
{
    /// <summary>No record starts here, or its header does not match its hash.</summary>
    Header,

    /// <summary>The content does not match its hash.</summary>
    Content,

    /// <summary>Written in a format that this version does not know.</summary>
    Version,

    /// <summary>
    /// The record ends behind the end of the file, or of all that is not zero in it: what a kill or a power cut in the middle of a write leaves.
    /// </summary>
    Torn,

    /// <summary>Records are not there, and nothing stands in their place.</summary>
    Missing,

    /// <summary>An intact record that stands behind a later one, or stands there twice.</summary>
    OutOfOrder,

    /// <summary>The file cannot be read.</summary>
    Unreadable,
}
