using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Telemetry.Events.Catalog;
using Telemetry.Events.Reporting;

namespace Telemetry.Events.Tests.Reporting;

public class DroppedSequencesTests
{
    [Property]
    public Property Ranges_hold_what_was_added_in_whatever_order(int seed)
    {
        // Each sequence is given up once, so that a shuffle of all is what can happen.
        var sequences = Enumerable.Range(1, 200).Where(number => number % 3 != 0 || number % 5 == 0).Select(number => (long)number).ToArray();
        new Random(seed).Shuffle(sequences);
        var dropped = new DroppedSequences();
        foreach (var sequence in sequences)
            dropped.Add("evicted", sequence);

        var ranges = dropped.Of("evicted");
        var held = ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First + 1)).Select(number => (long)number));
        return (held.SequenceEqual(sequences.Order()) && ranges.Zip(ranges.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First)).ToProperty();
    }

    [Fact]
    public void Beyond_the_bound_the_lowest_are_forgotten()
    {
        var dropped = new DroppedSequences();
        for (var i = 0; i < DroppedSequences.MaxRanges + 2; i++)
            dropped.Add("evicted", 1 + (10 * i), 5);
        dropped.Add("shutdown", 3);

        Assert.Equal(DroppedSequences.MaxRanges, dropped.Of("evicted").Count);
        Assert.Equal(new ProducerSequenceRange(21, 25), dropped.Of("evicted")[0]);
        Assert.Equal([new ProducerSequenceRange(3, 3)], dropped.Of("shutdown"));
        Assert.Empty(dropped.Of("other"));
    }
}
