using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Completeness;

/// <summary>One delivery class of one producer, judged.</summary>
public sealed record ClassCompleteness
{
    public required DeliveryClass Delivery { get; init; }

    public required CompletenessState State { get; init; }

    /// <summary>The last sequence that the newest report speaks of; 0 where there is none.</summary>
    public long LastSequence { get; init; }

    /// <summary>Events that arrived, those behind <see cref="LastSequence"/> included; each sequence counts once.</summary>
    public long Arrived { get; init; }

    /// <summary>Events up to <see cref="LastSequence"/> that did not arrive and may still come, those on the producer's disk included.</summary>
    public long InFlight { get; init; }

    /// <summary>Of these, as many as the producer has on disk.</summary>
    public long Spooled { get; init; }

    /// <summary>What the producer gave up, by reason. Of what it gave up some may have arrived all the same.</summary>
    public IReadOnlyList<ProducerDropCount> Dropped { get; init; } = [];

    /// <summary>Events that did not arrive, and that nobody answers for.</summary>
    public long Missing { get; init; }

    /// <summary>
    /// The sequences that did not arrive and that the producer does not name as given up. <see cref="Missing"/> of them are missing: all,
    /// where <see cref="InFlight"/> is 0 and the producer remembers what it gave up.
    /// </summary>
    public IReadOnlyList<SequenceRange> Gaps { get; init; } = [];

    /// <summary>Topics of the producer that are not watched.</summary>
    public IReadOnlyList<string> UnwatchedTopics { get; init; } = [];
}
