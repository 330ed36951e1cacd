using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>Commits what is handled, and remembers what a broker did not take. Belongs to the consumer's loop.</summary>
/// <remarks>
/// A commit that gets no answer lasts for as long as <c>socket.timeout.ms</c>, a minute. The loop waits for none of them so long: it has
/// to poll, which also fetches the token that a commit may be waiting for, and it has to end in time. One is under way at most.
/// </remarks>
internal sealed class OffsetCommitter(EventConsumerProgress progress, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<TopicPartition, Offset> _due = [];
    private readonly RepeatedErrors _repeated = new(time);
    private long _lastAttempt = time.GetTimestamp();
    private TopicPartitionOffset[] _sent = [];
    private Task<KafkaException?>? _underWay;

    /// <summary>Ends with the commit that is under way. Until then the client must not be closed.</summary>
    public Task UnderWay => _underWay ?? Task.CompletedTask;

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
    public void Retry(IConsumer<byte[], byte[]> consumer, TimeSpan patience)
    {
        TakeAnswer();
        if (_due.Count > 0 && time.GetElapsedTime(_lastAttempt) >= RetryInterval)
            Commit(consumer, patience);
    }

    /// <summary>
    /// Commits what is due and waits for the answer until the patience is over. It returns at once where an earlier commit has no answer
    /// yet: what has become due meanwhile goes with the next one.
    /// </summary>
    public void Commit(IConsumer<byte[], byte[]> consumer, TimeSpan patience)
    {
        TakeAnswer();
        if (_underWay is not null || _due.Count == 0)
            return;
        _lastAttempt = time.GetTimestamp();
        var offsets = _sent = [.. _due.Select(entry => new TopicPartitionOffset(entry.Key, entry.Value))];
        _underWay = Task.Run(() => TryCommit(consumer, offsets));
        Await(patience);
    }

    /// <summary>The same for the last time: waits for an earlier commit too, to send what it left.</summary>
    public void CommitAll(IConsumer<byte[], byte[]> consumer, TimeSpan patience)
    {
        var started = time.GetTimestamp();
        Await(patience);
        Commit(consumer, patience - time.GetElapsedTime(started));
    }

    private void Await(TimeSpan patience)
    {
        _underWay?.Wait(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        TakeAnswer();
    }

    private static KafkaException? TryCommit(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset[] offsets)
    {
        try
        {
            consumer.Commit(offsets);
            return null;
        }
        catch (KafkaException exception)
        {
            return exception;
        }
    }

    private void TakeAnswer()
    {
        if (_underWay is not { IsCompleted: true } answered)
            return;
        _underWay = null;
        if (answered.Result is not { } exception)
        {
            foreach (var sent in _sent)
            {
                if (_due.TryGetValue(sent.TopicPartition, out var due) && due == sent.Offset)
                    _due.Remove(sent.TopicPartition);
            }

            return;
        }

        // What it stands for is handled. At worst it is read once more, by whoever has the partition then.
        progress.CommitFailed();
        if (_repeated.LetThrough(exception.Error.Code))
            logger.CommitFailed(progress.Name, exception.Error.Code, exception.Error.Reason);
    }
}
