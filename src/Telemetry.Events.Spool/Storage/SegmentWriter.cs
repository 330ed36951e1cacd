using Microsoft.Win32.SafeHandles;

namespace Telemetry.Events.Spool.Storage;

/// <summary>Writes one segment. Used by one thread.</summary>
/// <remarks>
/// Zeros are written ahead of the records, so that most commits change neither the file's size nor its blocks and need no journal commit of
/// the file system. A full disk only ends the writing ahead.
/// </remarks>
internal sealed class SegmentWriter : IDisposable
{
    private const int ProbeBytes = 4096;
    private static readonly byte[] Zeros = new byte[256 << 10];

    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly long _aheadBytes;
    private bool _writesAhead = true;

    private SegmentWriter(FileStream stream, Segment segment, long aheadBytes)
    {
        _stream = stream;
        _handle = stream.SafeFileHandle;
        _aheadBytes = aheadBytes;
        Segment = segment;
    }

    public Segment Segment { get; }

    /// <summary>Where the next record goes. What lies before it is committed.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes that the file takes.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Makes a segment and its name durable. One that is there was made by an attempt that failed, and holds nothing.</summary>
    public static SegmentWriter Create(string directory, SegmentName name, long aheadBytes)
    {
        var path = Path.Combine(directory, name.ToString());
        var stream = SpoolFiles.Open(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            DiskSync.FlushDirectory(directory);
            return new SegmentWriter(stream, new Segment(path, name), aheadBytes);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes records and forces them out.</summary>
    /// <param name="records">The records.</param>
    /// <param name="roomBytes">How large the file may get by writing ahead.</param>
    public void Commit(ReadOnlySpan<byte> records, long roomBytes)
    {
        RandomAccess.Write(_handle, records, Offset);
        var end = Offset + records.Length;
        if (end > FileBytes)
        {
            FileBytes = end;
            WriteAhead(Math.Min(end + _aheadBytes, roomBytes));
        }

        Flush();
        Offset = end;
    }

    /// <summary>Finds out whether the disk takes anything: zeros, where the next record goes.</summary>
    public void Probe()
    {
        RandomAccess.Write(_handle, Zeros.AsSpan(0, ProbeBytes), Offset);
        FileBytes = Math.Max(FileBytes, Offset + ProbeBytes);
        Flush();
    }

    /// <summary>Cuts off what is not committed, as far as the disk lets us; deletes a file with nothing in it.</summary>
    public void Abandon()
    {
        try
        {
            RandomAccess.SetLength(_handle, Offset);
            FileBytes = Offset;
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            // The next segment's name says which positions were given up; readers pass over them here.
        }

        Dispose();
        if (Offset == 0)
            SpoolFiles.TryDelete(Segment.Path);
    }

    public void Dispose() => _stream.Dispose();

    private void Flush()
    {
        DiskSync.Flush(_handle);
        // A file that was removed takes writes as before, and loses them.
        if (!File.Exists(Segment.Path))
            throw new FileNotFoundException("The segment was removed while it was in use.", Segment.Path);
    }

    private void WriteAhead(long until)
    {
        try
        {
            while (_writesAhead && FileBytes < until)
            {
                var length = (int)Math.Min(Zeros.Length, until - FileBytes);
                RandomAccess.Write(_handle, Zeros.AsSpan(0, length), FileBytes);
                FileBytes += length;
            }
        }
        catch (IOException)
        {
            _writesAhead = false;
            FileBytes = Math.Max(FileBytes, RandomAccess.GetLength(_handle));
        }
    }
}
