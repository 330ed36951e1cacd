using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Telemetry.Collector.Completeness;

namespace Telemetry.Collector.Tests.Completeness;

/// <summary>The set against one that keeps every number.</summary>
public class SequenceSetProperties
{
    private const int Highest = 60;

    [Property(MaxTest = 500)]
    public Property It_holds_what_was_added_and_its_ranges_neither_overlap_nor_touch((byte First, byte Length)[] added)
    {
        var (set, model) = Build(added);
        return (Numbers(set).SequenceEqual(model.Order()) &&
            set.Count == model.Count &&
            set.Last == model.DefaultIfEmpty().Max() &&
            Enumerable.Range(1, 2 * Highest).All(number => set.Contains(number) == model.Contains(number)) &&
            set.Ranges.Zip(set.Ranges.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First)).ToProperty();
    }

    [Property(MaxTest = 500)]
    public Property What_is_left_without_another_set_is_the_difference((byte, byte)[] mine, (byte, byte)[] others)
    {
        var (set, model) = Build(mine);
        var (other, otherModel) = Build(others);
        var left = set.Without(other);
        set.UnionWith(other);
        return (Numbers(left).SequenceEqual(model.Except(otherModel).Order()) &&
            left.Ranges.Zip(left.Ranges.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First) &&
            Numbers(set).SequenceEqual(model.Union(otherModel).Order())).ToProperty();
    }

    [Property(MaxTest = 500)]
    public Property Bytes_hold_it_whole((byte, byte)[] added, long far)
    {
        var (set, _) = Build(added);
        set.Add(Math.Clamp(far, 1, SequenceSet.MaxSequence));
        return SequenceSetCodec.Decode(SequenceSetCodec.Encode(set)).Ranges.SequenceEqual(set.Ranges).ToProperty();
    }

    [Property(MaxTest = 2000)]
    public Property Bytes_that_are_no_set_are_told_and_nothing_else_is_thrown(byte[] bytes)
    {
        try
        {
            // What can be read is written the same way, but for numbers with more bytes than they need.
            var set = SequenceSetCodec.Decode(bytes);
            return (SequenceSetCodec.Encode(set).Length <= bytes.Length).ToProperty();
        }
        catch (InvalidDataException)
        {
            return true.ToProperty();
        }
    }

    [Fact]
    public void A_million_events_without_a_gap_are_one_range_and_the_ends_of_numbers_are_held()
    {
        var set = new SequenceSet();
        for (var i = 1; i <= 1_000_000; i += 2)
            set.Add(i);
        // From the back: half a million gaps closed from the front move all that is behind them, half a million times.
        for (var i = 1_000_000; i >= 2; i -= 2)
            set.Add(i);
        Assert.Equal([new SequenceRange(1, 1_000_000)], set.Ranges);

        set.Add(1, SequenceSet.MaxSequence);
        Assert.Equal(SequenceSet.MaxSequence, set.Count);
        Assert.Empty(set.Without(set).Ranges);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(5, 4));
    }

    private static (SequenceSet Set, HashSet<long> Model) Build((byte First, byte Length)[] added)
    {
        var (set, model) = (new SequenceSet(), new HashSet<long>());
        foreach (var (first, length) in added)
        {
            var from = 1 + (first % Highest);
            var to = from + (length % 5);
            set.Add(from, to);
            for (var number = from; number <= to; number++)
                model.Add(number);
        }

        return (set, model);
    }

    private static IEnumerable<long> Numbers(SequenceSet set) =>
        set.Ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)range.Count).Select(number => (long)number));
}
