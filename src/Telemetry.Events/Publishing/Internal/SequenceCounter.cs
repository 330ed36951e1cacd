namespace Telemetry.Events.Publishing;

/// <summary>The sequences of one delivery class, shared by its lanes: gap-free whichever transport carries an event.</summary>
internal sealed class SequenceCounter
{
    private long _last;

    /// <summary>Takes the next <paramref name="count"/> sequences and returns the first of them, from 1.</summary>
    public long Take(int count) => Interlocked.Add(ref _last, count) - count + 1;
}
