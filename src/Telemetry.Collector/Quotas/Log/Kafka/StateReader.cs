using System.Text;
using Confluent.Kafka;
using Telemetry.Collector.Quotas.Consuming;

namespace Telemetry.Collector.Quotas.Log.Kafka;

/// <summary>Reads the topic from its first record on, and then what is appended. Used by one thread.</summary>
internal sealed class StateReader(StateTopic topic, Action<StateRecord> apply, ILogger logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PolicyPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads until it is told to stop.</summary>
    /// <param name="replayed">Completed when all that was there at first was handed over, or with why it cannot be read.</param>
    /// <param name="cancellationToken">Tells it to stop.</param>
    public void Run(TaskCompletionSource replayed, CancellationToken cancellationToken)
    {
        try
        {
            var policy = Task.Run(topic.CheckPolicy, CancellationToken.None);
            var partitions = Enumerable.Range(0, topic.CountPartitions()).Select(partition => new TopicPartition(topic.Name, partition)).ToList();
            using var consumer = AssignedConsumer.Create(topic.ConnectionString, "quota-state", "quota-state");
            var ends = partitions.Select(partition => consumer.QueryWatermarkOffsets(partition, Timeout))
                .Select((marks, partition) => (partition, marks)).Where(end => end.marks.High.Value > end.marks.Low.Value)
                .ToDictionary(end => end.partition, end => end.marks.High.Value);
            consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
            if (ends.Count == 0)
                Complete(replayed, policy);
            while (!cancellationToken.IsCancellationRequested)
            {
                if (Consume(consumer) is { } record && ends.TryGetValue(record.Partition.Value, out var end) && Next(record) >= end && ends.Remove(record.Partition.Value) && ends.Count == 0)
                    Complete(replayed, policy);
            }

            replayed.TrySetException(new StateLogException("The state log was closed.", isOutcomeUnknown: false));
        }
        catch (StateLogException exception)
        {
            replayed.TrySetException(exception);
        }
        catch (KafkaException exception)
        {
            replayed.TrySetException(new StateLogException($"The state log cannot be read from Kafka: {exception.Error.Reason}.", isOutcomeUnknown: false, exception));
        }
    }

    // A topic that forgets is refused, where the brokers tell in time.
    private static void Complete(TaskCompletionSource replayed, Task policy)
    {
        if (policy.ContinueWith(static _ => { }, TaskScheduler.Default).Wait(PolicyPatience))
            policy.GetAwaiter().GetResult();
        replayed.TrySetResult();
    }

    private static long Next(ConsumeResult<byte[], byte[]> record) => record.IsPartitionEOF ? record.Offset.Value : record.Offset.Value + 1;

    private ConsumeResult<byte[], byte[]>? Consume(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            var record = consumer.Consume(Poll);
            if (record is { IsPartitionEOF: false, Message.Key: { } key })
            {
                var owner = record.Message.Headers.TryGetLastBytes(KafkaStateLog.OwnerHeader, out var name) ? Encoding.UTF8.GetString(name) : "";
                Apply(new StateRecord(Encoding.UTF8.GetString(key), owner, record.Message.Value ?? []));
            }

            return record;
        }
        catch (ConsumeException)
        {
            // The brokers are away; the client finds back by itself, and goes on where it was.
            return null;
        }
    }

    private void Apply(StateRecord record)
    {
        try
        {
            apply(record);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or FormatException)
        {
            logger.StateRecordRefused(record.Key, exception.Message);
        }
    }
}
