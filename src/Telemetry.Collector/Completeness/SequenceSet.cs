namespace Telemetry.Collector.Completeness;

/// <summary>
/// A set of sequences, kept as ranges: a producer's million events without a gap are one range. Not safe for use from several threads.
/// </summary>
public sealed class SequenceSet
{
    /// <summary>The highest sequence that it takes: the one behind it must still be a number.</summary>
    public const long MaxSequence = long.MaxValue - 1;

    // Sorted, and no two overlap or touch.
    private readonly List<SequenceRange> _ranges = [];

    public SequenceSet()
    {
    }

    /// <summary>The set of all sequences in <paramref name="ranges"/>, which come in any order and may overlap.</summary>
    public SequenceSet(IEnumerable<SequenceRange> ranges)
    {
        foreach (var range in ranges)
            Add(range.First, range.Last);
    }

    /// <summary>Sorted; no two overlap or touch.</summary>
    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    public long Count => _ranges.Sum(range => range.Count);

    /// <summary>The highest; 0 for none.</summary>
    public long Last => _ranges.Count == 0 ? 0 : _ranges[^1].Last;

    /// <summary>All sequences from 1 to <paramref name="last"/>; none where that is 0.</summary>
    public static SequenceSet UpTo(long last) => last < 1 ? new SequenceSet() : new SequenceSet([new SequenceRange(1, last)]);

    public void Add(long sequence) => Add(sequence, sequence);

    /// <exception cref="ArgumentOutOfRangeException">The first is below 1, the last above <see cref="MaxSequence"/>, or before the first.</exception>
    public void Add(long first, long last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, MaxSequence);
        var from = FirstEndingAtOrBehind(first - 1);
        var to = from;
        for (; to < _ranges.Count && _ranges[to].First <= last + 1; to++)
            (first, last) = (Math.Min(first, _ranges[to].First), Math.Max(last, _ranges[to].Last));
        if (to == from)
        {
            _ranges.Insert(from, new SequenceRange(first, last));
            return;
        }

        _ranges[from] = new SequenceRange(first, last);
        _ranges.RemoveRange(from + 1, to - from - 1);
    }

    public void UnionWith(SequenceSet other)
    {
        foreach (var range in other._ranges)
            Add(range.First, range.Last);
    }

    public bool Contains(long sequence)
    {
        var index = FirstEndingAtOrBehind(sequence);
        return index < _ranges.Count && _ranges[index].First <= sequence;
    }

    /// <summary>What is in this set and not in <paramref name="other"/>.</summary>
    public SequenceSet Without(SequenceSet other)
    {
        var left = new SequenceSet();
        var next = 0;
        foreach (var range in _ranges)
        {
            var first = range.First;
            while (next < other._ranges.Count && other._ranges[next].Last < first)
                next++;
            for (var i = next; i < other._ranges.Count && other._ranges[i].First <= range.Last && first <= range.Last; i++)
            {
                if (other._ranges[i].First > first)
                    left._ranges.Add(new SequenceRange(first, other._ranges[i].First - 1));
                first = other._ranges[i].Last + 1;
            }

            if (first <= range.Last)
                left._ranges.Add(new SequenceRange(first, range.Last));
        }

        return left;
    }

    private int FirstEndingAtOrBehind(long sequence)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].Last < sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
