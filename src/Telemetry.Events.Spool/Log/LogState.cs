using Telemetry.Events.Spool.Records;
using Telemetry.Events.Spool.Storage;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>What is durable in a log, what of it is acknowledged, and which files hold it. Safe for use from any thread.</summary>
internal sealed class LogState : ISegmentSource
{
    private const int MaxKeptDamage = 1000;

    private readonly Lock _gate = new();
    private readonly LogSettings _settings;
    private readonly AcknowledgementFile _acknowledgements;
    private readonly LogBytes _bytes;

    // Guarded by _gate.
    private readonly SegmentList _segments;
    private readonly PositionRanges _lost = new();
    // Kept for good: whoever asks after an event that was given up must not learn that it is durable, however late.
    private readonly PositionRanges _givenUp = new();
    private readonly TimeMarks _times = new();
    private readonly List<DamagedRange> _damage = [];
    private readonly bool _isReadOnly;
    private Segment? _active;
    private TaskCompletionSource _readable = NewSignal();
    private bool _closed;
    private bool _isCounted;
    private long _damagedRecords;

    public LogState(string directory, SegmentList segments, LogSettings settings, bool isReadOnly)
    {
        _segments = segments;
        _settings = settings;
        _isReadOnly = isReadOnly;
        _acknowledgements = new AcknowledgementFile(directory);
        if (isReadOnly)
        {
            // Where the file with the position is lost, what was acknowledged and deleted still shows by the first segment.
            var deleted = segments.Count == 0 ? 0 : segments[0].Name.FirstPosition - segments[0].Name.GivenUp - 1;
            Acknowledged = Math.Max(_acknowledgements.Read(), deleted);
        }

        AcknowledgedAtOpen = Committed = Acknowledged;
        _bytes = new LogBytes(segments);
    }

    /// <summary>Up to where an earlier process had it settled.</summary>
    public long AcknowledgedAtOpen { get; }

    public long Committed { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>Bytes on disk. Costs no lock: appending threads ask.</summary>
    public long FileBytes => _bytes.Files;

    /// <summary>The same without the room that was written ahead.</summary>
    public long RecordBytes => _bytes.Records;

    public int Segments
    {
        get
        {
            lock (_gate)
                return _segments.Count;
        }
    }

    /// <summary>What was passed over, the first thousand of it.</summary>
    public IReadOnlyList<DamagedRange> Damage
    {
        get
        {
            lock (_gate)
                return [.. _damage];
        }
    }

    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return Acknowledged >= Committed;
        }
    }

    /// <summary>Reads on will only come by a commit after this; check after taking it.</summary>
    public Task NextReadable(long after, out bool isReadable, out bool isOver)
    {
        lock (_gate)
        {
            isReadable = Committed > after;
            isOver = !isReadable && (_isReadOnly || _closed);
            return _readable.Task;
        }
    }

    public EventLogUsage Usage(long maxBytes, SpoolRefusal failure)
    {
        lock (_gate)
            return new EventLogUsage(CountEvents(), FileBytes, maxBytes, _times.Oldest(Acknowledged), _damagedRecords, failure);
    }

    /// <summary>What is held, with a group that may have been committed meanwhile and counts once; null for none.</summary>
    public (long RecordBytes, long Events) HoldsWith(CommitGroup? group)
    {
        lock (_gate)
        {
            return group is not null && group.LastPosition > Committed
                ? (RecordBytes + group.Bytes, CountEvents() + group.Count)
                : (RecordBytes, CountEvents());
        }
    }

    public void Begin(Segment segment)
    {
        lock (_gate)
        {
            _segments.Add(segment);
            _active = segment;
        }
    }

    /// <summary>The active segment takes no more records.</summary>
    public void End(long fileBytes)
    {
        lock (_gate)
        {
            if (_active is null)
                return;
            _bytes.Set(_active, fileBytes, aheadBytes: 0);
            _active = null;
        }
    }

    public void Commit(long first, long last, DateTime firstTime, long readableBytes, long fileBytes)
    {
        TaskCompletionSource readable;
        lock (_gate)
        {
            _active!.ReadableBytes = readableBytes;
            _bytes.Set(_active, fileBytes, fileBytes - readableBytes);
            _active.LastPosition = last;
            _times.Add(first, firstTime);
            _times.Add(last, firstTime);
            Committed = last;
            (readable, _readable) = (_readable, NewSignal());
        }

        readable.TrySetResult();
    }

    public void GiveUp(long first, long count)
    {
        lock (_gate)
            _givenUp.Add(first, count);
    }

    public bool WasGivenUp(long position)
    {
        lock (_gate)
            return _givenUp.Contains(position);
    }

    /// <summary>Counts an event that an earlier process committed.</summary>
    public void Recover(long position, DateTime time)
    {
        lock (_gate)
        {
            _times.Add(position, time);
            Committed = Math.Max(Committed, position);
        }
    }

    /// <summary>All is counted: now it is known how far each segment reaches.</summary>
    public void EndRecovery()
    {
        lock (_gate)
        {
            for (var i = 0; i < _segments.Count; i++)
            {
                var last = i + 1 < _segments.Count ? _segments[i + 1].Name.FirstPosition - _segments[i + 1].Name.GivenUp - 1 : Committed;
                _segments[i].LastPosition = Math.Min(last, Committed);
            }

            _isCounted = true;
        }
    }

    /// <summary>Whether the acknowledgement was news.</summary>
    public bool Acknowledge(long position)
    {
        lock (_gate)
        {
            position = Math.Min(position, Committed);
            if (position <= Acknowledged)
                return false;
            SetAcknowledged(position);
            position = Acknowledged;
        }

        // Not under the gate: appending threads must not wait for this file.
        _acknowledgements.Write(position);
        return true;
    }

    /// <summary>Deletes the segments of which nothing is needed any more.</summary>
    public void Trim()
    {
        List<Segment> taken;
        lock (_gate)
        {
            taken = _segments.TakeAcknowledged(Acknowledged, _active);
            _bytes.Update();
        }

        foreach (var segment in taken)
            SegmentDisposal.TryRemove(segment, _settings);
    }

    public void Close()
    {
        TaskCompletionSource readable;
        lock (_gate)
        {
            _closed = true;
            readable = _readable;
        }

        readable.TrySetResult();
    }

    public Segment? After(Segment? current)
    {
        lock (_gate)
            return _segments.After(current);
    }

    public SegmentView View(Segment segment)
    {
        lock (_gate)
        {
            if (_segments.After(segment) is { } next)
                return new SegmentView(segment.ReadableBytes, IsSealed: true, next.Name.FirstPosition - next.Name.GivenUp);
            return new SegmentView(segment.ReadableBytes, _isReadOnly, _isReadOnly ? long.MaxValue : segment.LastPosition + 1);
        }
    }

    public void Report(Segment segment, DamagedRange damage)
    {
        lock (_gate)
        {
            // A log that was left is read twice: to count, and to send.
            if (_isCounted)
                return;
            segment.IsDamaged |= damage.Records > 0 || damage.Reason is DamageReason.Version or DamageReason.Unreadable;
            _damagedRecords += damage.Records;
            if (_damage.Count < MaxKeptDamage)
                _damage.Add(damage);
            _lost.Add(damage.FirstPosition, damage.Records);
            SetAcknowledged(Acknowledged);
        }

        if (damage.IsUnfinishedWrite)
        {
            _settings.Logger.UnfinishedWrite(damage.File, damage.Offset, damage.Bytes);
            return;
        }

        _settings.Metrics?.Corrupt(damage.Records);
        _settings.Logger.Damaged(damage.Records, damage.FirstPosition, damage.Reason, damage.File, damage.Offset, damage.Bytes);
    }

    private long CountEvents()
    {
        var (first, last) = (Acknowledged + 1, Committed);
        return last - first + 1 - _lost.CountWithin(first, last) - _givenUp.CountWithin(first, last);
    }

    // What lies directly behind and has no event needs no acknowledgement.
    private void SetAcknowledged(long position)
    {
        Acknowledged = Math.Min(_givenUp.PassOver(_lost.PassOver(position)), Committed);
        _lost.ForgetBefore(Acknowledged);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
