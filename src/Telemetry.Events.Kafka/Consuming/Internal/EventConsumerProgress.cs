namespace Telemetry.Events.Kafka;

/// <summary>What the consumer did last. Written by its loop, read from anywhere.</summary>
internal sealed class EventConsumerProgress(string name, TimeProvider time)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private long _lastProgress = time.GetTimestamp();
    private int _assignedPartitions;
    private long _lag;
    private long _handled;
    private long _deadLetters;
    private long _handlerFailures;
    private long _commitFailures;
    private string? _lastError;

    public string Name => name;

    public void SetAssigned(int partitions)
    {
        lock (_gate)
        {
            _assignedPartitions = partitions;
            _lastProgress = time.GetTimestamp();
        }
    }

    public void Handled(int records, int deadLetters)
    {
        lock (_gate)
        {
            _handled += records;
            _lag = Math.Max(0, _lag - records);
            _deadLetters += deadLetters;
            _lastProgress = time.GetTimestamp();
            _lastError = null;
        }
    }

    /// <summary>The handler works on a batch, and came further in it.</summary>
    public void Advanced()
    {
        lock (_gate)
            _lastProgress = time.GetTimestamp();
    }

    public void SetLag(long lag)
    {
        lock (_gate)
        {
            _lag = lag;
            // Nothing to do is progress too; without this, the first record after a quiet hour would look like a stall.
            if (lag == 0)
                _lastProgress = time.GetTimestamp();
        }
    }

    public void Failed(string error)
    {
        lock (_gate)
            _lastError = error;
    }

    public void HandlerFailed(string error)
    {
        lock (_gate)
        {
            _handlerFailures++;
            _lastError = error;
        }
    }

    public void CommitFailed()
    {
        lock (_gate)
            _commitFailures++;
    }

    public EventConsumerStatus Take()
    {
        lock (_gate)
        {
            return new EventConsumerStatus(
                _assignedPartitions, _lag, _handled, _deadLetters, _handlerFailures, _commitFailures,
                time.GetElapsedTime(_lastProgress), _lastError);
        }
    }
}
