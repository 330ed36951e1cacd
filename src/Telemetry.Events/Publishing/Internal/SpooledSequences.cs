namespace Telemetry.Events.Publishing;

/// <summary>Which sequences still stand in a log, for those who wait until all is settled. Not thread-safe: its owner guards it.</summary>
internal sealed class SpooledSequences
{
    private readonly Queue<(long LastPosition, long FirstSequence)> _written = new();
    private long _settledPosition;

    /// <summary>No sequence in the log is lower; null where all in it is settled.</summary>
    public long? First => _written.TryPeek(out var oldest) ? oldest.FirstSequence : null;

    public void Add(long lastPosition, long firstSequence)
    {
        // The sender may have been quicker than this call.
        if (lastPosition > _settledPosition)
            _written.Enqueue((lastPosition, firstSequence));
    }

    public void SettleThrough(long position)
    {
        _settledPosition = position;
        while (_written.TryPeek(out var oldest) && oldest.LastPosition <= position)
            _written.Dequeue();
    }
}
