using Confluent.Kafka;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Ingestion;

/// <summary>Records that are read and not yet stored: decoded, or dead with the reason; and the offsets behind them.</summary>
internal sealed class RunEventBatch
{
    private readonly Dictionary<TopicPartition, Offset> _next = [];

    public List<ConsumedRunEvent> Events { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    public int Records => Events.Count + DeadLetters.Count;

    /// <summary>What to commit once all of it is stored.</summary>
    public IEnumerable<TopicPartitionOffset> NextOffsets => _next.Select(entry => new TopicPartitionOffset(entry.Key, entry.Value));

    public void Add(ConsumeResult<byte[], byte[]> record, DateTimeOffset receivedAt)
    {
        // A tombstone has no value; the decoder says so in words.
        var raw = record.Message.Value ?? [];
        if (RunEventDecoder.TryDecode(raw, out var runEvent, out var reason))
        {
            Events.Add(new ConsumedRunEvent(runEvent, record.Topic, record.Partition.Value, record.Offset.Value, receivedAt, raw));
        }
        else
        {
            DeadLetters.Add(new DeadLetter
            {
                Topic = record.Topic,
                Partition = record.Partition.Value,
                Offset = record.Offset.Value,
                Reason = reason,
                ReceivedAt = receivedAt,
                Raw = raw,
            });
        }

        _next[record.TopicPartition] = record.Offset + 1;
    }

    public void Clear()
    {
        Events.Clear();
        DeadLetters.Clear();
        _next.Clear();
    }
}
