using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>Records that are committed together, and those who wait for it. One object a commit, none an event.</summary>
internal sealed class CommitGroup
{
    private readonly Lock _taskGate = new();
    private readonly object _gate = new();
    private byte[] _records = [];

    // Guarded by _taskGate.
    private TaskCompletionSource<SpoolRefusal>? _task;

    // Guarded by _gate.
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
        lock (_gate)
        {
            var started = Environment.TickCount64;
            while (_result is null)
            {
                var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
                if (left < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
                    return SpoolRefusal.TimedOut;
                Monitor.Wait(_gate, left);
            }

            return _result.Value;
        }
    }

    public Task<SpoolRefusal> WaitAsync()
    {
        lock (_taskGate)
        {
            _task ??= new TaskCompletionSource<SpoolRefusal>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_result is { } result)
                _task.TrySetResult(result);
            return _task.Task;
        }
    }

    public void Complete(SpoolRefusal result)
    {
        lock (_gate)
        {
            _result = result;
            Monitor.PulseAll(_gate);
        }

        lock (_taskGate)
            _task?.TrySetResult(result);
    }
}
