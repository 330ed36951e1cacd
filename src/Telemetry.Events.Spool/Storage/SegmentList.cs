namespace Telemetry.Events.Spool.Storage;

/// <summary>The segments of a log, oldest first. Guarded by the log that owns it.</summary>
internal sealed class SegmentList
{
    private readonly List<Segment> _segments = [];

    public int Count => _segments.Count;

    public Segment this[int index] => _segments[index];

    public Segment? Newest => _segments.Count == 0 ? null : _segments[^1];

    public long FileBytes
    {
        get
        {
            long bytes = 0;
            foreach (var segment in _segments)
                bytes += segment.FileBytes;
            return bytes;
        }
    }

    public void Add(Segment segment) => _segments.Add(segment);

    /// <summary>The segment behind <paramref name="current"/>, or the oldest; null where there is none.</summary>
    public Segment? After(Segment? current)
    {
        foreach (var segment in _segments)
        {
            if (current is null || segment.Name.FirstPosition > current.Name.FirstPosition)
                return segment;
        }

        return null;
    }

    /// <summary>Takes out the segments of which nothing is needed any more.</summary>
    /// <param name="acknowledged">The acknowledged position.</param>
    /// <param name="active">The segment that is being written, which stays; null for none.</param>
    public List<Segment> TakeAcknowledged(long acknowledged, Segment? active)
    {
        var taken = _segments.TakeWhile(segment => segment != active && segment.LastPosition <= acknowledged).ToList();
        _segments.RemoveRange(0, taken.Count);
        return taken;
    }

    /// <summary>The segments of a directory; files of other names are left alone.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static SegmentList Load(string directory)
    {
        var list = new SegmentList();
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            if (!SegmentName.TryParse(Path.GetFileName(path.AsSpan()), out var name))
                continue;
            var length = new FileInfo(path).Length;
            list.Add(new Segment(path, name) { ReadableBytes = length, FileBytes = length });
        }

        list._segments.Sort(static (a, b) => a.Name.FirstPosition.CompareTo(b.Name.FirstPosition));
        return list;
    }
}
