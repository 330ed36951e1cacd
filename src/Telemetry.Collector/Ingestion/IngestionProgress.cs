using Confluent.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>What the consumer did last, for health and metrics. Written by the consumer's loop, read from anywhere.</summary>
internal sealed class IngestionProgress(TimeProvider time)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private DateTimeOffset _lastProgress = time.GetUtcNow();
    private int _assignedPartitions;
    private long _lag;
    private long _storedRecords;
    private long _deadLetters;
    private string? _lastError;

    public void SetAssigned(int partitions)
    {
        lock (_gate)
        {
            _assignedPartitions = partitions;
            _lastProgress = time.GetUtcNow();
        }
    }

    /// <summary>A batch is stored and its offsets may be committed.</summary>
    public void Stored(int records, int deadLetters)
    {
        lock (_gate)
        {
            _storedRecords += records;
            _deadLetters += deadLetters;
            _lastProgress = time.GetUtcNow();
            _lastError = null;
        }
    }

    public void SetLag(long lag)
    {
        lock (_gate)
        {
            _lag = lag;
            // Nothing to do is progress too; without this, the first record after a quiet hour would look like a stall.
            if (lag == 0)
                _lastProgress = time.GetUtcNow();
        }
    }

    public void Failed(string error)
    {
        lock (_gate)
            _lastError = error;
    }

    public Snapshot Take()
    {
        lock (_gate)
            return new Snapshot(_assignedPartitions, _lag, _storedRecords, _deadLetters, time.GetUtcNow() - _lastProgress, _lastError);
    }

    /// <summary>Records that wait behind the position, over all assigned partitions.</summary>
    public static long LagOf(IConsumer<byte[], byte[]> consumer)
    {
        long lag = 0;
        foreach (var partition in consumer.Assignment)
        {
            var position = consumer.Position(partition);
            var end = consumer.GetWatermarkOffsets(partition).High;
            if (!position.IsSpecial && !end.IsSpecial)
                lag += Math.Max(0, end.Value - position.Value);
        }

        return lag;
    }

    internal readonly record struct Snapshot(
        int AssignedPartitions, long Lag, long StoredRecords, long DeadLetters, TimeSpan SinceProgress, string? LastError);
}
