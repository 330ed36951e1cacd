using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>Commits what is handled, and remembers what a broker did not take. Belongs to the consumer's loop.</summary>
internal sealed class OffsetCommitter(EventConsumerProgress progress, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<TopicPartition, Offset> _due = [];
    private readonly RepeatedErrors _repeated = new(time);
    private long _lastAttempt = time.GetTimestamp();

    public void Add(IEnumerable<TopicPartitionOffset> handled)
    {
        foreach (var next in handled)
            _due[next.TopicPartition] = next.Offset;
    }

    /// <summary>Other consumers have these partitions; their word counts now.</summary>
    public void Forget(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
            _due.Remove(partition);
    }

    /// <summary>Commits what an earlier attempt has left, once in a while.</summary>
    public void Retry(IConsumer<byte[], byte[]> consumer)
    {
        if (_due.Count > 0 && time.GetElapsedTime(_lastAttempt) >= RetryInterval)
            Commit(consumer);
    }

    public void Commit(IConsumer<byte[], byte[]> consumer)
    {
        if (_due.Count == 0)
            return;
        _lastAttempt = time.GetTimestamp();
        try
        {
            consumer.Commit(_due.Select(entry => new TopicPartitionOffset(entry.Key, entry.Value)));
            _due.Clear();
        }
        catch (KafkaException exception)
        {
            // What it stands for is handled. At worst it is read once more, by whoever has the partition then.
            progress.CommitFailed();
            if (_repeated.LetThrough(exception.Error.Code))
                logger.CommitFailed(progress.Name, exception.Error.Code, exception.Error.Reason);
        }
    }
}
