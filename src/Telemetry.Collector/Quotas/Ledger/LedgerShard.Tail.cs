namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What is kept of the stream until the store has it.</summary>
internal sealed partial class LedgerShard
{
    // By partition, the offset behind the last entry that was let go although the store did not have it.
    private long[] _lost = [];

    // No event that counted and has left the tail is later than this.
    private long _latestLeft = long.MinValue;

    /// <summary>The store's positions have moved on.</summary>
    public void MoveTo(PositionSnapshot positions)
    {
        _positions = positions;
        Trim();
    }

    // What the store has goes, but for what a load in flight needs: it asks for what is below the positions of its beginning.
    private void Trim()
    {
        var before = _tail.Count;
        for (var partition = 0; partition < _tail.Partitions; partition++)
        {
            if (_tail.Of(partition) is not { } entries)
                continue;
            var next = _positions.Of(partition);
            foreach (var load in _loads)
                next = Math.Min(next, load.Positions.Of(partition));
            while (entries.Count > 0 && entries[0].Offset < next)
                RemoveFirst(partition, entries);
        }

        context.AddTailEvents(_tail.Count - before);
        Counters.TailEvents = _tail.Count;
    }

    // Whether a load in flight needs an event that the store has by now.
    private bool IsAwaited(int partition, long offset)
    {
        foreach (var load in _loads)
        {
            if (offset >= load.Positions.Of(partition))
                return true;
        }

        return false;
    }

    /// <summary>Whether entries that are not in the store below these positions were let go: nobody can be loaded from there.</summary>
    private bool HasLost(PositionSnapshot positions)
    {
        for (var partition = 0; partition < _lost.Length; partition++)
        {
            if (_lost[partition] > positions.Of(partition))
                return true;
        }

        return false;
    }

    // The oldest is that of the partition whose first entry has the least time.
    private void MakeRoom()
    {
        var oldest = -1;
        for (var partition = 0; partition < _tail.Partitions; partition++)
        {
            if (_tail.Of(partition) is { Count: > 0 } entries && (oldest < 0 || entries[0].Time < _tail.Of(oldest)![0].Time))
                oldest = partition;
        }

        if (oldest < 0)
            return;
        if (_lost.Length <= oldest)
            Array.Resize(ref _lost, oldest + 1);
        _lost[oldest] = _tail.Of(oldest)![0].Offset + 1;
        RemoveFirst(oldest, _tail.Of(oldest)!);
        context.AddTailEvents(-1);
        Counters.LetGo++;
    }

    private void RemoveFirst(int partition, PartitionTail entries)
    {
        if (entries[0].IsCounted)
            _latestLeft = Math.Max(_latestLeft, entries[0].Time);
        _tail.RemoveFirst(partition);
    }
}
