using Telemetry.Events.Reporting;

namespace Telemetry.Events.Publishing;

/// <summary>The sequences of one delivery class, shared by its lanes: gap-free whichever transport carries an event.</summary>
internal sealed class SequenceCounter
{
    private long _last;

    /// <summary>The last one that was taken; 0 for none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Those of events that were given up.</summary>
    public DroppedSequences Dropped { get; } = new();

    /// <summary>Takes the next <paramref name="count"/> sequences and returns the first of them, from 1.</summary>
    public long Take(int count) => Interlocked.Add(ref _last, count) - count + 1;
}
