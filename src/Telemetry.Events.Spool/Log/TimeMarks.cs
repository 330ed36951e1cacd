namespace Telemetry.Events.Spool.Log;

/// <summary>The times of the oldest events that a log holds, one for each stretch of positions. Guarded by its owner.</summary>
internal sealed class TimeMarks
{
    // A mark for every event would grow with the backlog; this is as exact as anybody needs an age to be.
    private const int PositionsPerMark = 256;
    private static readonly TimeSpan TimePerMark = TimeSpan.FromSeconds(1);

    private readonly Queue<(long LastPosition, DateTime FirstTime)> _marks = new();
    private (long FirstPosition, long LastPosition, DateTime FirstTime) _newest;

    public void Add(long position, DateTime time)
    {
        if (_newest.FirstPosition > 0 && position - _newest.FirstPosition < PositionsPerMark && (time - _newest.FirstTime).Duration() < TimePerMark)
        {
            _newest.LastPosition = position;
            return;
        }

        if (_newest.FirstPosition > 0)
            _marks.Enqueue((_newest.LastPosition, _newest.FirstTime));
        _newest = (position, position, time);
    }

    public DateTime? Oldest(long acknowledged)
    {
        while (_marks.TryPeek(out var mark) && mark.LastPosition <= acknowledged)
            _marks.Dequeue();
        if (_marks.TryPeek(out var oldest))
            return oldest.FirstTime;
        return _newest.LastPosition > acknowledged ? _newest.FirstTime : null;
    }
}
