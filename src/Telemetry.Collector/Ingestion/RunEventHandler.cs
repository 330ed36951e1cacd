using System.Diagnostics.CodeAnalysis;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>
/// Hands what was read to the store, events and dead letters in one transaction. The consumer commits offsets only behind that: a
/// crash between the two repeats records, which the store does not mind, and never skips one.
/// </summary>
internal sealed class RunEventHandler(IRunStore store, TimeProvider time) : IConsumedBatchHandler
{
    public async ValueTask HandleAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var events = new List<ConsumedRunEvent>(batch.Events.Count);
        var letters = batch.DeadLetters.ToList();
        foreach (var consumed in batch.Events)
        {
            if (RunEventDecoder.TryDecode(consumed.Envelope, out var runEvent, out var reason)
                && !IsAhead(runEvent.Time, now, out reason))
                events.Add(new ConsumedRunEvent(runEvent, consumed.Topic, consumed.Partition, consumed.Offset, now, consumed.Value));
            else
                letters.Add(batch.Reject(consumed, reason));
        }

        await store.ApplyAsync(events, [.. letters.Select(letter => ToRow(letter, now))], cancellationToken);
    }

    /// <summary>A run that ends in the future would be measured then, or never.</summary>
    private static bool IsAhead(DateTimeOffset moment, DateTimeOffset now, [NotNullWhen(true)] out string? reason)
    {
        reason = moment <= now + PairingConflict.MaxClockSkew ? null
            : $"The event's time {moment.UtcDateTime:O} is {(moment - now).TotalSeconds:0} s ahead of the Collector's clock; " +
                $"{PairingConflict.MaxClockSkew.TotalSeconds:0} s is the most. Check that both clocks agree (NTP).";
        return reason is not null;
    }

    private static DeadLetter ToRow(DeadLetterRecord letter, DateTimeOffset receivedAt) => new()
    {
        Topic = letter.Topic,
        Partition = letter.Partition,
        Offset = letter.Offset,
        Reason = letter.Reason,
        ReceivedAt = receivedAt,
        Raw = letter.Value,
    };
}
