using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.DirectTopics.Stores;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Embedded;

/// <summary>Stores a batch of one topic, rows and dead letters in one transaction. A batch that comes again changes nothing.</summary>
internal sealed class DirectTopicHandler(TopicSchema schema, DuckDbDirectTopics store, TimeProvider time) : IConsumedBatchHandler
{
    public async ValueTask HandleAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = new List<DirectRow>(batch.Events.Count);
        var letters = batch.DeadLetters.ToList();
        foreach (var consumed in batch.Events)
        {
            if (DirectRowDecoder.TryDecode(schema, consumed, out var row, out var reason))
                rows.Add(row);
            else
                letters.Add(batch.Reject(consumed, reason));
        }

        await store.WriteAsync(schema, rows, [.. letters.Select(letter => new DeadLetter
        {
            Topic = letter.Topic,
            Partition = letter.Partition,
            Offset = letter.Offset,
            Reason = letter.Reason,
            ReceivedAt = now,
            Raw = letter.Value,
        })], cancellationToken);
    }
}
