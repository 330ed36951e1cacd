using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>Where records gather for the next commit while one is being written.</summary>
/// <remarks>
/// A group is not closed the moment the committer is free: threads that the last commit let go are about to bring their next event, and
/// would each miss this commit by microseconds. So it waits, at most <see cref="LogSettings.MaxCommitDelay"/>, for as many as came last
/// time. One lone thread never waits.
/// </remarks>
internal sealed class CommitQueue(LogState state, LogSettings settings, TimeSpan retryInterval) : IDisposable
{
    private const int MaxCompany = 64;
    private const int MaxKeptMemory = 2 * LogSettings.MaxPendingBytes;

    // Wakes the committer, which looks for what there is to do by itself: a signal too many does no harm.
    private readonly AutoResetEvent _work = new(false);

    // Guarded by Gate.
    private CommitGroup _filling = new();
    private CommitGroup? _writing;
    private byte[] _spare = [];
    private DateTime _firstTime;
    private long _lastPosition;
    private int _company = 1;
    private int _wakeAt = 1;
    private long _failedAt;
    private bool _wasFull;
    private bool _probe;
    private bool _trim;
    private bool _closed;

    /// <summary>Held while a record is written into the room that was reserved for it.</summary>
    public Lock Gate { get; } = new();

    public SpoolRefusal Failure { get; private set; }

    /// <summary>Whether a record may come in. Call it and <see cref="Reserve"/> under <see cref="Gate"/>.</summary>
    public SpoolRefusal Admit(long bytes)
    {
        if (_closed)
            return SpoolRefusal.Closed;
        if (Failure != SpoolRefusal.None && settings.Time.GetElapsedTime(_failedAt) < retryInterval)
            return Failure;
        if (_filling.Count > 0 && _filling.Bytes + bytes > LogSettings.MaxPendingBytes)
            return SpoolRefusal.Busy;

        var isFull = MayBeFull(bytes) && IsFull(bytes);
        if (isFull && !_wasFull)
            settings.Logger.Full(settings.Directory, settings.MaxBytes, settings.MaxEvents);
        _wasFull = isFull;
        return isFull ? SpoolRefusal.Full : SpoolRefusal.None;
    }

    // Costs no lock, and never says no where the log is full: there are no more events than positions, and between the state's word of a
    // commit and Committed that group's bytes count twice.
    private bool MayBeFull(long bytes) =>
        state.RecordBytes + (_writing?.Bytes ?? 0) + _filling.Bytes + bytes > settings.MaxBytes
        || _lastPosition - state.Acknowledged >= settings.MaxEvents;

    private bool IsFull(long bytes)
    {
        var (heldBytes, heldEvents) = state.HoldsWith(_writing);
        return heldBytes + _filling.Bytes + bytes > settings.MaxBytes || heldEvents + _filling.Count >= settings.MaxEvents;
    }

    public Span<byte> Reserve(int bytes, DateTime time, out long position)
    {
        position = ++_lastPosition;
        if (_filling.Count == 0)
            (_filling.FirstPosition, _firstTime) = (position, time);
        _filling.LastPosition = position;
        var room = _filling.Reserve(bytes);
        if (_filling.Count == _wakeAt)
            _work.Set();
        return room;
    }

    /// <summary>The group that covers a position; null where it is done, with how it ended.</summary>
    public CommitGroup? Find(long position, out SpoolRefusal settled)
    {
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(position, _lastPosition);
            settled = SpoolRefusal.None;
            if (_filling.Count > 0 && position >= _filling.FirstPosition)
                return _filling;
            if (_writing is not null && position >= _writing.FirstPosition)
                return _writing;
            if (state.WasGivenUp(position))
                settled = Failure == SpoolRefusal.None ? SpoolRefusal.DiskError : Failure;
            return null;
        }
    }

    /// <summary>Waits for work. Called by the committer alone.</summary>
    public CommitWork Take()
    {
        WaitForWork();
        lock (Gate)
        {
            var work = new CommitWork(_filling.Count > 0 ? _filling : null, _firstTime, _lastPosition + 1, _probe, _trim, _closed);
            (_probe, _trim) = (false, false);
            if (work.Group is not null)
            {
                _writing = _filling;
                _filling = new CommitGroup();
                _filling.GiveMemory(_spare);
                _spare = [];
            }

            return work;
        }
    }

    private void WaitForWork()
    {
        // First for company, asleep until all of it is there; then, where nobody came, for anybody.
        var delay = settings.MaxCommitDelay;
        while (true)
        {
            lock (Gate)
            {
                if (_closed || _probe || _trim || _filling.Count >= _company || (_filling.Count > 0 && delay == TimeSpan.Zero))
                    return;
                if (delay == TimeSpan.Zero)
                    (_company, delay) = (1, Timeout.InfiniteTimeSpan);
                else if (_company == 1)
                    delay = Timeout.InfiniteTimeSpan;
                _wakeAt = _company;
            }

            if (!_work.WaitOne(delay))
                delay = TimeSpan.Zero;
        }
    }

    /// <summary>The group is durable. What <see cref="LogState"/> says of it must be said before.</summary>
    public void Committed(CommitGroup group)
    {
        lock (Gate)
        {
            _company = Math.Min(group.Count + _filling.Count, MaxCompany);
            _writing = null;
            Keep(group.TakeMemory());
            SetWorking();
        }

        group.Complete(SpoolRefusal.None);
    }

    /// <summary>The disk failed: all that is not committed is given up, so that nothing is missing before something that is there.</summary>
    public int Failed(CommitGroup? group, SpoolRefusal reason)
    {
        CommitGroup behind;
        lock (Gate)
        {
            behind = _filling;
            _filling = new CommitGroup();
            if (group is not null)
                state.GiveUp(group.FirstPosition, group.Count);
            if (behind.Count > 0)
                state.GiveUp(behind.FirstPosition, behind.Count);
            _writing = null;
            Failure = reason;
            _failedAt = settings.Time.GetTimestamp();
        }

        group?.Complete(reason);
        behind.Complete(reason);
        return (group?.Count ?? 0) + behind.Count;
    }

    public void Works()
    {
        lock (Gate)
            SetWorking();
    }

    public void RequestProbe()
    {
        lock (Gate)
        {
            _probe = Failure != SpoolRefusal.None;
            Wake();
        }
    }

    public void RequestTrim()
    {
        lock (Gate)
        {
            _trim = true;
            Wake();
        }
    }

    public void Close()
    {
        lock (Gate)
        {
            _work.Set();
            _closed = true;
        }
    }

    public void Dispose() => _work.Dispose();

    // Whoever acknowledges the last events may be later than the log's end.
    private void Wake()
    {
        if (!_closed)
            _work.Set();
    }

    private void SetWorking()
    {
        if (Failure != SpoolRefusal.None)
            settings.Logger.CommitRecovered(settings.Directory);
        Failure = SpoolRefusal.None;
    }

    private void Keep(byte[] memory)
    {
        if (memory.Length <= MaxKeptMemory)
            _spare = memory;
    }
}
