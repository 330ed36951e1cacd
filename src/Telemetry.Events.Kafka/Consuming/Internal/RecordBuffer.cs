using Confluent.Kafka;

namespace Telemetry.Events.Kafka;

/// <summary>What is read and not handed over yet. Belongs to the consumer's loop.</summary>
internal sealed class RecordBuffer(int maxRecords, int maxBytes)
{
    private List<ConsumedEvent> _events = [];
    private List<DeadLetterRecord> _deadLetters = [];
    private long _bytes;

    public int Count => _events.Count + _deadLetters.Count;

    public bool IsFull => Count >= maxRecords || _bytes >= maxBytes;

    public void Add(ConsumeResult<byte[], byte[]> record)
    {
        // A tombstone has no value; the reader says so in words.
        var value = record.Message.Value ?? [];
        _bytes += value.Length;
        if (EventEnvelopeReader.TryRead(value, out var envelope, out var error))
        {
            _events.Add(new ConsumedEvent
            {
                Topic = record.Topic,
                Partition = record.Partition.Value,
                Offset = record.Offset.Value,
                Key = record.Message.Key,
                Value = value,
                Envelope = envelope,
            });
        }
        else
        {
            _deadLetters.Add(new DeadLetterRecord
            {
                Topic = record.Topic,
                Partition = record.Partition.Value,
                Offset = record.Offset.Value,
                Reason = error,
                Key = record.Message.Key,
                Value = value,
            });
        }
    }

    /// <summary>Forgets what another consumer reads from now on.</summary>
    public void Remove(HashSet<TopicPartition> partitions)
    {
        _events.RemoveAll(consumed => partitions.Contains(new TopicPartition(consumed.Topic, consumed.Partition)));
        _deadLetters.RemoveAll(dead => partitions.Contains(new TopicPartition(dead.Topic, dead.Partition)));
        _bytes = _events.Sum(consumed => (long)consumed.Value.Length) + _deadLetters.Sum(dead => (long)dead.Value.Length);
    }

    public ConsumedBatch Take()
    {
        var batch = new ConsumedBatch(_events, _deadLetters);
        (_events, _deadLetters, _bytes) = ([], [], 0);
        return batch;
    }
}
