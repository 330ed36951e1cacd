using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Log;

/// <summary>How much a log takes on disk. Changed under its state's gate; read without a lock, since appending threads ask.</summary>
internal sealed class LogBytes(SegmentList segments)
{
    // Of the active segment; guarded by the state's gate.
    private long _ahead;
    private long _files = segments.FileBytes;
    private long _records = segments.FileBytes;

    public long Files => Volatile.Read(ref _files);

    /// <summary><see cref="Files"/> without the room that was written ahead.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>The active segment has grown or been cut.</summary>
    public void Set(Segment active, long fileBytes, long aheadBytes)
    {
        active.FileBytes = fileBytes;
        _ahead = aheadBytes;
        Update();
    }

    /// <summary>The list of segments has changed.</summary>
    public void Update()
    {
        var files = segments.FileBytes;
        Volatile.Write(ref _files, files);
        Volatile.Write(ref _records, files - _ahead);
    }
}
