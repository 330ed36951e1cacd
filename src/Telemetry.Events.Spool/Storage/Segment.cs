namespace Telemetry.Events.Spool.Storage;

/// <summary>One file of a log. Guarded by the log that owns it.</summary>
internal sealed class Segment(string path, SegmentName name)
{
    public string Path => path;

    public SegmentName Name => name;

    /// <summary>The last position that the segment is known to hold; the one before its first where it holds none.</summary>
    public long LastPosition { get; set; } = name.FirstPosition - 1;

    /// <summary>Up to where records may be read: what is committed, or all of a file that nobody writes any more.</summary>
    public long ReadableBytes { get; set; }

    /// <summary>Bytes taken on the disk, room written ahead included.</summary>
    public long FileBytes { get; set; }

    /// <summary>Whether records in it were lost to damage, so that it is put aside instead of deleted.</summary>
    public bool IsDamaged { get; set; }
}
