using Confluent.Kafka;
using Telemetry.Collector.DirectTopics.Proof;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>
/// Reads every partition of the usage topics, from the tables' positions on, and hands each record to the ledger in its partition's order.
/// It belongs to no group and commits nothing. Used by one thread.
/// </summary>
internal sealed class UsageStream(
    IConsumer<byte[], byte[]> consumer, IReadOnlyList<string> topics, IUsageSink sink, IQuotaLedger ledger, PositionWatch positions, QuotaProgress progress,
    TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TopicInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<TopicPartition, UsagePartition> _partitions = [];
    private readonly HashSet<string> _missing = [];
    private bool _isCaughtUp;

    /// <summary>Reads until it is told to stop.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="cancellationToken">Tells it to stop.</param>
    public void Run(UsagePositions start, CancellationToken cancellationToken)
    {
        while (!FindPartitions(start) && !cancellationToken.WaitHandle.WaitOne(LookInterval))
        {
        }

        var (looked, found) = (time.GetTimestamp(), time.GetTimestamp());
        Look();
        while (!cancellationToken.IsCancellationRequested)
        {
            Consume();
            if (time.GetElapsedTime(looked) < LookInterval && _isCaughtUp)
                continue;
            looked = time.GetTimestamp();
            Look();
            if (time.GetElapsedTime(found) < TopicInterval)
                continue;
            found = time.GetTimestamp();
            FindPartitions(UsagePositions.None);
        }
    }

    private void Consume()
    {
        try
        {
            // Whatever is there already is taken in one go; a poll that finds nothing waits.
            for (var (record, taken) = (consumer.Consume(Poll), 0); record is not null; record = ++taken < 10_000 ? consumer.Consume(TimeSpan.Zero) : null)
            {
                var partition = _partitions[record.TopicPartition];
                if (record.IsPartitionEOF)
                {
                    partition.Next = Math.Max(partition.Next, record.Offset.Value);
                    continue;
                }

                sink.Apply(record.Topic, record.Partition.Value, record.Offset.Value, record.Message.Timestamp.UnixTimestampMs, record.Message.Value);
                partition.Next = record.Offset.Value + 1;
            }
        }
        catch (ConsumeException exception) when (exception.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
        {
            GoOn(_partitions[exception.ConsumerRecord.TopicPartition]);
        }
        catch (KafkaException exception)
        {
            progress.StreamFailed($"Usage cannot be read from Kafka: {exception.Error.Reason}");
        }
    }

    // The offset that it stands at is not there: on from the first one that is, and what lies between is missed until the tables have it.
    private void GoOn(UsagePartition partition)
    {
        try
        {
            var marks = consumer.QueryWatermarkOffsets(partition.TopicPartition, Timeout);
            var next = partition.Next < marks.Low.Value ? marks.Low.Value : marks.High.Value;
            if (partition.Next < next)
                Miss(partition, next);
            consumer.IncrementalUnassign([partition.TopicPartition]);
            consumer.IncrementalAssign([new TopicPartitionOffset(partition.TopicPartition, next)]);
            partition.Next = next;
        }
        catch (KafkaException exception)
        {
            progress.StreamFailed($"{partition.TopicPartition.Topic}[{partition.TopicPartition.Partition.Value}] cannot be read: {exception.Error.Reason}");
        }
    }

    private void Miss(UsagePartition partition, long next)
    {
        var gap = new UsageGap(partition.TopicPartition.Topic, partition.TopicPartition.Partition.Value, partition.Gap?.From ?? partition.Next, next);
        partition.Gap = gap;
        progress.Lost(gap);
        logger.UsageLost(gap.ToString());
    }

    /// <summary>Takes up the partitions that are new. False where a topic could not be asked for.</summary>
    private bool FindPartitions(UsagePositions start)
    {
        try
        {
            foreach (var topic in topics)
            {
                var there = AssignedConsumer.Partitions(consumer, topic, Timeout);
                if (there.Count == 0 && _missing.Add(topic))
                    logger.UsageTopicMissing(topic);
                foreach (var partition in there.Where(partition => !_partitions.ContainsKey(partition)))
                    Take(partition, start.Next.TryGetValue(topic, out var known) && partition.Partition.Value < known.Count ? known[partition.Partition.Value] : null);
            }

            return true;
        }
        catch (KafkaException exception)
        {
            progress.StreamFailed($"Kafka does not tell the partitions of the usage topics: {exception.Error.Reason}");
            return false;
        }
    }

    // A partition that came later is read from its first record: users in memory were read when the tables had none of it.
    private void Take(TopicPartition topicPartition, long? position)
    {
        var marks = consumer.QueryWatermarkOffsets(topicPartition, Timeout);
        var partition = new UsagePartition(topicPartition, marks.High.Value) { Next = position ?? marks.Low.Value };
        var next = Math.Max(partition.Next, marks.Low.Value);
        consumer.IncrementalAssign([new TopicPartitionOffset(topicPartition, next)]);
        if (partition.Next < next)
            Miss(partition, next);
        partition.Next = next;
        _partitions.Add(topicPartition, partition);
    }

    private void Look()
    {
        foreach (var partition in _partitions.Values.Where(partition => partition.Gap is not null))
        {
            var gap = partition.Gap!;
            if (positions.Current.Of(gap.Topic, gap.Partition) < gap.To)
                continue;
            // The store has now what the stream has not.
            ledger.InvalidateAll();
            partition.Gap = null;
            progress.Found(gap);
        }

        progress.Read([.. _partitions.Values.Select(Seen)]);
        if (_isCaughtUp || _partitions.Values.Any(partition => partition.Next < partition.End || partition.Gap is not null))
            return;
        _isCaughtUp = true;
        sink.CaughtUp();
        progress.At(QuotaStage.Serving);
    }

    private KafkaPartition Seen(UsagePartition partition)
    {
        // As the client remembers it from its last fetch.
        var marks = consumer.GetWatermarkOffsets(partition.TopicPartition).High;
        var high = Math.Max(partition.End, marks.IsSpecial ? 0 : marks.Value);
        return new KafkaPartition(
            partition.TopicPartition.Topic, partition.TopicPartition.Partition.Value, 0, Math.Max(high, partition.Next), partition.Next);
    }
}
