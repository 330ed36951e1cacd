using System.Collections.Concurrent;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>One number for each partition of each topic. Safe for use from any thread.</summary>
internal sealed class PartitionNumbers
{
    private readonly ConcurrentDictionary<(string Topic, int Partition), int> _numbers = new();
    private readonly Lock _lock = new();

    public int Of(string topic, int partition)
    {
        if (_numbers.TryGetValue((topic, partition), out var number))
            return number;
        lock (_lock)
        {
            if (!_numbers.TryGetValue((topic, partition), out number))
                _numbers[(topic, partition)] = number = _numbers.Count;
            return number;
        }
    }

    /// <summary>The later of both positions, partition by partition.</summary>
    public PositionSnapshot Later(PositionSnapshot before, UsagePositions positions)
    {
        var topics = positions.Next.Keys.Union(before.Positions.Next.Keys);
        var merged = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var topic in topics)
        {
            var count = Math.Max(CountOf(positions, topic), CountOf(before.Positions, topic));
            merged[topic] = [.. Enumerable.Range(0, count).Select(partition =>
                Math.Max(positions.Of(topic, partition), before.Positions.Of(topic, partition)))];
        }

        var numbered = merged.SelectMany(topic => topic.Value.Select((next, partition) => (Number: Of(topic.Key, partition), Next: next))).ToList();
        var next = new long[numbered.Count == 0 ? 0 : numbered.Max(partition => partition.Number) + 1];
        foreach (var (number, offset) in numbered)
            next[number] = offset;
        return new PositionSnapshot(new UsagePositions(merged), next);
    }

    private static int CountOf(UsagePositions positions, string topic) => positions.Next.TryGetValue(topic, out var next) ? next.Count : 0;
}
