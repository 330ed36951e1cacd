using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Completeness;

/// <summary>What a producer gave up for one reason.</summary>
/// <param name="Reason">The producer's word, such as evicted.</param>
/// <param name="Count">How many events.</param>
/// <param name="Ranges">Their sequences, as far as the producer's newest report names them.</param>
public sealed record DroppedResponse(string Reason, long Count, IReadOnlyList<SequenceRange> Ranges)
{
    internal static DroppedResponse From(ProducerDropCount drop) =>
        new(drop.Reason, drop.Count, [.. drop.Ranges.Select(range => new SequenceRange(range.First, range.Last))]);
}
