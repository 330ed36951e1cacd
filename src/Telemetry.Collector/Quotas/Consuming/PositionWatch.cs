using Confluent.Kafka;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>Follows what the tables hold, and tells the ledger. Positions never go back, whatever Kafka says.</summary>
internal sealed class PositionWatch(PositionReader reader, IUsageSink sink, QuotaProgress progress, TimeProvider time)
{
    private volatile UsagePositions _current = UsagePositions.None;

    /// <summary>What the ledger knows; safe to read from any thread.</summary>
    public UsagePositions Current => _current;

    /// <summary>Reads the positions that the stream begins at; tries until it has them.</summary>
    public async Task<UsagePositions> BeginAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        while (!await TryReadAsync(cancellationToken))
            await Task.Delay(interval, time, cancellationToken);
        return _current;
    }

    /// <summary>Goes on reading, and tells the ledger of every step.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await TryReadAsync(cancellationToken, sink.StoredUpTo);
    }

    /// <summary>The greater of both, partition by partition.</summary>
    public static UsagePositions Later(UsagePositions one, UsagePositions other) => new(
        one.Next.Keys.Union(other.Next.Keys).ToDictionary(
            topic => topic,
            IReadOnlyList<long> (topic) =>
            {
                var partitions = Math.Max(one.Next.GetValueOrDefault(topic, []).Count, other.Next.GetValueOrDefault(topic, []).Count);
                return [.. Enumerable.Range(0, partitions).Select(partition => Math.Max(one.Of(topic, partition), other.Of(topic, partition)))];
            }));

    private async Task<bool> TryReadAsync(CancellationToken cancellationToken, Action<UsagePositions>? moved = null)
    {
        try
        {
            // The client blocks its thread while it asks.
            var later = Later(_current, await Task.Run(reader.Read, cancellationToken));
            if (later.Next.Any(topic => !topic.Value.SequenceEqual(_current.Next.GetValueOrDefault(topic.Key, []))))
            {
                moved?.Invoke(later);
                _current = later;
            }

            progress.Positions(null);
            return true;
        }
        catch (KafkaException exception)
        {
            progress.Positions($"What the tables hold is not known: Kafka does not tell the committed offsets ({exception.Error.Reason}).");
            return false;
        }
    }
}
