namespace Telemetry.Collector.Completeness;

/// <summary>What has arrived of one delivery class of one producer.</summary>
public sealed class ArrivedEvents
{
    /// <summary>The sequences that arrived.</summary>
    public SequenceSet Sequences { get; init; } = new();

    /// <summary>The sequences that the producer says it gave up, from all its reports together.</summary>
    public SequenceSet Dropped { get; init; } = new();

    /// <summary>The time of the oldest event.</summary>
    public DateTimeOffset FirstEventAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>The time of the newest event.</summary>
    public DateTimeOffset LastEventAt { get; private set; } = DateTimeOffset.MinValue;

    public void Add(long sequence, DateTimeOffset time)
    {
        Sequences.Add(sequence);
        Widen(time, time);
    }

    public void UnionWith(ArrivedEvents other)
    {
        Sequences.UnionWith(other.Sequences);
        Dropped.UnionWith(other.Dropped);
        Widen(other.FirstEventAt, other.LastEventAt);
    }

    public void Widen(DateTimeOffset first, DateTimeOffset last)
    {
        if (first < FirstEventAt)
            FirstEventAt = first;
        if (last > LastEventAt)
            LastEventAt = last;
    }
}
