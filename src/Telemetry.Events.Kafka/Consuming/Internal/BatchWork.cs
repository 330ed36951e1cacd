using Confluent.Kafka;

namespace Telemetry.Events.Kafka;

/// <summary>A batch in the handler's hands: which partitions it is of, which of them went elsewhere, and what may be committed.</summary>
/// <remarks>Belongs to the consumer's loop; the handler's thread only moves the batch's own counters.</remarks>
internal sealed class BatchWork : IDisposable
{
    // The offsets of each partition that is still ours: the first, and the one behind the last.
    private readonly Dictionary<TopicPartition, (long First, long End)> _ranges = [];
    private readonly CancellationTokenSource _retrying;

    /// <param name="batch">What is to be handled.</param>
    /// <param name="stopping">The consumer stops.</param>
    public BatchWork(ConsumedBatch batch, CancellationToken stopping)
    {
        Batch = batch;
        _retrying = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        foreach (var (partition, offset) in RecordsFrom(0, 0))
        {
            var (first, end) = _ranges.GetValueOrDefault(partition, (offset, offset + 1));
            _ranges[partition] = (Math.Min(first, offset), Math.Max(end, offset + 1));
        }
    }

    public ConsumedBatch Batch { get; }

    /// <summary>Ends the pauses between attempts: the consumer stops, or all of the batch went to other consumers.</summary>
    public CancellationToken Retrying => _retrying.Token;

    public int Records => Batch.Events.Count + Batch.DeadLetters.Count;

    public int HandledRecords => Batch.Handled + Batch.HandledDeadLetters;

    public bool IsOf(HashSet<TopicPartition> partitions) => _ranges.Keys.Any(partitions.Contains);

    /// <summary>Another consumer has these partitions: nothing of them is committed here any more.</summary>
    public void Abandon(HashSet<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            Batch.Abandon(partition.Topic, partition.Partition.Value);
            _ranges.Remove(partition);
        }

        if (_ranges.Count == 0)
            _retrying.Cancel();
    }

    /// <summary>For each partition that is still ours, the offset behind what is handled without a gap before it.</summary>
    public List<TopicPartitionOffset> NextOffsets()
    {
        var unhandled = new Dictionary<TopicPartition, long>();
        foreach (var (partition, offset) in RecordsFrom(Batch.Handled, Batch.HandledDeadLetters))
            unhandled[partition] = Math.Min(offset, unhandled.GetValueOrDefault(partition, long.MaxValue));

        var next = new List<TopicPartitionOffset>(_ranges.Count);
        foreach (var (partition, (first, end)) in _ranges)
        {
            var offset = unhandled.GetValueOrDefault(partition, end);
            if (offset > first)
                next.Add(new TopicPartitionOffset(partition, offset));
        }

        return next;
    }

    public void Dispose() => _retrying.Dispose();

    private IEnumerable<(TopicPartition Partition, long Offset)> RecordsFrom(int firstEvent, int firstDeadLetter)
    {
        for (var i = firstEvent; i < Batch.Events.Count; i++)
            yield return (new TopicPartition(Batch.Events[i].Topic, Batch.Events[i].Partition), Batch.Events[i].Offset);
        for (var i = firstDeadLetter; i < Batch.DeadLetters.Count; i++)
            yield return (new TopicPartition(Batch.DeadLetters[i].Topic, Batch.DeadLetters[i].Partition), Batch.DeadLetters[i].Offset);
    }
}
