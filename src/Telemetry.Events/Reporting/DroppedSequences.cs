using Telemetry.Events.Catalog;

namespace Telemetry.Events.Reporting;

/// <summary>
/// Which sequences of one delivery class were given up, by reason, as ranges. It forgets the lowest beyond a bound: the ledger has the
/// count in any case. Safe for use from any thread.
/// </summary>
internal sealed class DroppedSequences
{
    public const int MaxRanges = 256;

    private readonly Lock _gate = new();

    // Guarded by _gate. Sorted, and no two touch.
    private readonly Dictionary<string, List<ProducerSequenceRange>> _ranges = new(StringComparer.Ordinal);

    public void Add(string reason, long first, long count = 1)
    {
        lock (_gate)
        {
            if (!_ranges.TryGetValue(reason, out var ranges))
                _ranges.Add(reason, ranges = []);
            Add(ranges, new ProducerSequenceRange(first, first + count - 1));
            if (ranges.Count > MaxRanges)
                ranges.RemoveAt(0);
        }
    }

    public IReadOnlyList<ProducerSequenceRange> Of(string reason)
    {
        lock (_gate)
            return _ranges.TryGetValue(reason, out var ranges) ? [.. ranges] : [];
    }

    private static void Add(List<ProducerSequenceRange> ranges, ProducerSequenceRange added)
    {
        // From the end: events are given up in about their order.
        var index = ranges.Count;
        while (index > 0 && ranges[index - 1].First > added.First)
            index--;
        if (index > 0 && ranges[index - 1].Last + 1 == added.First)
        {
            index--;
            added = ranges[index] with { Last = added.Last };
            ranges.RemoveAt(index);
        }

        if (index < ranges.Count && added.Last + 1 == ranges[index].First)
            ranges[index] = ranges[index] with { First = added.First };
        else
            ranges.Insert(index, added);
    }
}
