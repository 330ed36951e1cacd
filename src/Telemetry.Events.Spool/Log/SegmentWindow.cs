using Telemetry.Events.Spool.Records;
using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Log;

/// <summary>A stretch of one segment's bytes in memory, moved along as they are scanned. Used by one thread.</summary>
internal sealed class SegmentWindow : IDisposable
{
    private const int DefaultBytes = 1 << 20;

    private byte[] _buffer = [];
    private FileStream? _stream;
    private int _at;
    private int _filled;

    // Where the file ended too early: what lies behind it is gone, and is not asked for again.
    private long _cutAt;

    /// <summary>Where in the file the next step looks.</summary>
    public long Offset { get; private set; }

    public void Open(Segment segment)
    {
        Dispose();
        _stream = SpoolFiles.Open(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        (_at, _filled, Offset, _cutAt) = (0, 0, 0, long.MaxValue);
    }

    public ScanStep Next(long readableBytes, long logId)
    {
        var end = Math.Min(readableBytes, _cutAt);
        return RecordScanner.Next(_buffer.AsSpan(_at, _filled - _at), Offset + (_filled - _at) >= end, logId);
    }

    /// <summary>Reads on from <see cref="Offset"/>, over what was there: memory handed out before is no longer valid.</summary>
    public void Fill(int atLeast, long readableBytes)
    {
        var wanted = (int)Math.Min(Math.Max(atLeast, DefaultBytes), Math.Min(readableBytes, _cutAt) - Offset);
        if (_buffer.Length < wanted)
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(wanted, Math.Min(2 * _buffer.Length, DefaultBytes)));
        (_at, _filled) = (0, 0);
        while (_filled < wanted)
        {
            var read = RandomAccess.Read(_stream!.SafeFileHandle, _buffer.AsSpan(_filled, wanted - _filled), Offset + _filled);
            if (read == 0)
            {
                _cutAt = Offset + _filled;
                return;
            }

            _filled += read;
        }
    }

    /// <summary>The next bytes, without moving on.</summary>
    public ReadOnlyMemory<byte> Slice(int start, int length) => _buffer.AsMemory(_at + start, length);

    public void Advance(int bytes)
    {
        _at += bytes;
        Offset += bytes;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
