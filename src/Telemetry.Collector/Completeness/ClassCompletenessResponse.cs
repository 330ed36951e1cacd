namespace Telemetry.Collector.Completeness;

/// <summary>One delivery class of a producer.</summary>
public sealed record ClassCompletenessResponse
{
    // Of ranges there may be hundreds of thousands; whoever looks for a cause needs no more than these.
    private const int MaxRanges = 1000;

    /// <summary>telemetry, usage or audit.</summary>
    public required string DeliveryClass { get; init; }

    /// <summary>complete, in_flight, dropped, missing, unreported or not_watched.</summary>
    public required string State { get; init; }

    /// <summary>The last sequence that the newest report speaks of; 0 without one.</summary>
    public required long LastSequence { get; init; }

    public required long Arrived { get; init; }

    /// <summary>Events up to last_sequence that did not arrive and may still come; those on the producer's disk included.</summary>
    public required long InFlight { get; init; }

    public required long Spooled { get; init; }

    public required IReadOnlyList<DroppedResponse> Dropped { get; init; }

    /// <summary>Events that did not arrive and that nobody answers for.</summary>
    public required long Missing { get; init; }

    /// <summary>
    /// The sequences that did not arrive and that the producer does not name as given up, lowest first; 1000 ranges at most. As many of
    /// them as missing says are missing.
    /// </summary>
    public required IReadOnlyList<SequenceRange> Gaps { get; init; }

    public required IReadOnlyList<string> UnwatchedTopics { get; init; }

    internal static ClassCompletenessResponse From(ClassCompleteness entry) => new()
    {
        DeliveryClass = DeliveryClassNames.Of(entry.Delivery),
        State = CompletenessStateNames.Of(entry.State),
        LastSequence = entry.LastSequence,
        Arrived = entry.Arrived,
        InFlight = entry.InFlight,
        Spooled = entry.Spooled,
        Dropped = [.. entry.Dropped.Select(DroppedResponse.From)],
        Missing = entry.Missing,
        Gaps = [.. entry.Gaps.Take(MaxRanges)],
        UnwatchedTopics = entry.UnwatchedTopics,
    };
}
