using Confluent.Kafka;

namespace Telemetry.Events.Kafka;

/// <content>
/// Partitions that come and go. The client calls these on the loop's thread, from within Consume; the assignment it shows then is still
/// the one before the change.
/// </content>
internal sealed partial class ConsumerLoop
{
    private bool _pauseDue;

    public void OnAssigned(IConsumer<byte[], byte[]> consumer, List<TopicPartition> added) =>
        Changed(consumer.Assignment.Count + added.Count);

    /// <summary>
    /// They are still ours until this returns: the handler may finish what it has of them, and that much is committed. The new owner
    /// begins exactly there; where the group takes no commit any more, it reads the handler's part once more.
    /// </summary>
    public void OnRevoked(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> removed)
    {
        var partitions = Partitions(removed);
        _buffer.Remove(partitions);
        if (_work is { } work && work.IsOf(partitions))
        {
            if (!IsDoneWithin(options.RebalanceTimeout))
                logger.HandlerTooSlow(progress.Name, options.RebalanceTimeout, work.Records - work.HandledRecords);
            _committer.Add(work.NextOffsets());
            work.Abandon(partitions);
        }

        _committer.CommitAll(consumer, options.RebalanceTimeout);
        _committer.Forget(partitions);
        Changed(consumer.Assignment.Count - removed.Count);
    }

    /// <summary>They are another's already: nothing of them may be committed.</summary>
    public void OnLost(IConsumer<byte[], byte[]> consumer, List<TopicPartitionOffset> removed)
    {
        var partitions = Partitions(removed);
        _buffer.Remove(partitions);
        _work?.Abandon(partitions);
        _committer.Forget(partitions);
        Changed(consumer.Assignment.Count - removed.Count);
    }

    private void Changed(int partitions)
    {
        _pauseDue = true;
        progress.SetAssigned(partitions);
        logger.AssignmentChanged(progress.Name, partitions);
    }

    private void PauseWhereDue(IConsumer<byte[], byte[]> consumer)
    {
        if (!_pauseDue)
            return;
        _pauseDue = false;
        consumer.Pause(consumer.Assignment);
    }

    private static void Resume(IConsumer<byte[], byte[]> consumer) => consumer.Resume(consumer.Assignment);

    private static HashSet<TopicPartition> Partitions(List<TopicPartitionOffset> removed) =>
        [.. removed.Select(entry => entry.TopicPartition)];
}
