using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>Records that are committed together, and those who wait for it. One object a commit, none an event.</summary>
internal sealed class CommitGroup
{
    private readonly Lock _gate = new();
    private byte[] _records = [];

    // Guarded by _gate.
    private CommitWaiter? _waiters;
    private TaskCompletionSource<SpoolRefusal>? _task;
    private SpoolRefusal? _result;

    /// <summary>Guarded by the log until the group is being written; then the committer's.</summary>
    public long FirstPosition { get; set; }

    public long LastPosition { get; set; }

    public int Bytes { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Records => _records.AsSpan(0, Bytes);

    /// <summary>Room for one more record, at the end.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_records.Length - Bytes < bytes)
            Array.Resize(ref _records, Math.Max(_records.Length * 2, Bytes + bytes));
        var room = _records.AsSpan(Bytes, bytes);
        Bytes += bytes;
        Count++;
        return room;
    }

    /// <summary>Hands the memory over to the group after this one.</summary>
    public byte[] TakeMemory()
    {
        var memory = _records;
        _records = [];
        return memory;
    }

    public void GiveMemory(byte[] memory) => _records = memory;

    public SpoolRefusal Wait(TimeSpan timeout)
    {
        var waiter = CommitWaiter.Current;
        lock (_gate)
        {
            if (_result is { } known)
                return known;
            waiter.Next = _waiters;
            _waiters = waiter;
        }

        var started = Environment.TickCount64;
        var left = timeout;
        while (true)
        {
            var isInTime = (left >= TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan) && waiter.Wait(left);
            lock (_gate)
            {
                if (_result is { } result)
                    return result;
                if (!isInTime)
                {
                    Remove(waiter);
                    return SpoolRefusal.TimedOut;
                }
            }

            if (timeout != Timeout.InfiniteTimeSpan)
                left = timeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
        }
    }

    public Task<SpoolRefusal> WaitAsync()
    {
        lock (_gate)
        {
            _task ??= new TaskCompletionSource<SpoolRefusal>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_result is { } result)
                _task.TrySetResult(result);
            return _task.Task;
        }
    }

    public void Complete(SpoolRefusal result)
    {
        CommitWaiter? waiter;
        lock (_gate)
        {
            _result = result;
            (waiter, _waiters) = (_waiters, null);
            _task?.TrySetResult(result);
        }

        while (waiter is not null)
        {
            // Read first: once signalled, it may wait for another group already.
            var next = waiter.Next;
            waiter.Signal();
            waiter = next;
        }
    }

    private void Remove(CommitWaiter waiter)
    {
        if (_waiters == waiter)
        {
            _waiters = waiter.Next;
            return;
        }

        for (var before = _waiters; before is not null; before = before.Next)
        {
            if (before.Next == waiter)
                before.Next = waiter.Next;
        }
    }
}
