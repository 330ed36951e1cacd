namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// The ids of events since a horizon, in generations by the events' time; a copy of an event has its time, and is looked for in its
/// generation only. Belongs to its shard's lock. Sets are used again, so that it allocates nothing once it has its size.
/// </summary>
internal sealed class RecentIds(long window, int capacity)
{
    // So many that the latest of all shards, where nearly every id goes, lie in the processor's caches together.
    private const int Generations = 64;
    private readonly List<Generation> _generations = [new() { Start = long.MinValue }];
    private readonly Stack<Generation> _spare = new();

    // Ids of events ahead of the clock: where a generation ends before them, they go on into the next.
    private readonly List<(UInt128 Key, long Time)> _ahead = [];

    // Never goes back, as the boundaries of generations must not.
    private long _now = long.MinValue;

    public int Count { get; private set; }

    /// <summary>Events with a time from here on to the ceiling are all remembered, of users in memory. Never goes back.</summary>
    public long Horizon { get; private set; } = long.MinValue;

    /// <summary>
    /// Events with a time from here on are not remembered: clocks that are wrong by so much would take all the room. Never goes back.
    /// </summary>
    public long Ceiling { get; private set; } = long.MinValue;

    /// <summary>Moves both on as time passes.</summary>
    public void Advance(long now)
    {
        _now = Math.Max(_now, now);
        Ceiling = Math.Max(Ceiling, now + window);
        if (now - window <= Horizon)
            return;
        Horizon = now - window;
        while (_generations.Count > 1 && _generations[1].Start <= Horizon)
            DropFirst();
    }

    /// <inheritdoc cref="CacheHint"/>
    public void WillAdd(UInt128 key) => _generations[^1].Ids.WillAdd(key);

    /// <summary>Remembers an id whose event's time is between the horizon and the ceiling.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(UInt128 key, long time)
    {
        var last = _generations[^1];
        if (!(time >= last.Start ? last : Find(time)).Ids.Add(key))
            return false;
        Count++;
        if (time > _now)
            _ahead.Add((key, time));
        // The last generation takes all that is later, until it is full or wide.
        if (_now >= last.Start && (last.Ids.Count > capacity / Generations || last.Start < _now - (window / Generations)))
            Begin(_now + 1);
        if (Count > capacity)
            MakeRoom();
        return true;
    }

    private Generation Find(long time)
    {
        var i = _generations.Count - 1;
        while (_generations[i].Start > time)
            i--;
        return _generations[i];
    }

    private void Begin(long start)
    {
        var generation = _spare.Count > 0 ? _spare.Pop() : new Generation();
        generation.Start = start;
        _generations.Add(generation);
        _ahead.RemoveAll(id => id.Time < start);
        foreach (var (key, _) in _ahead)
            generation.Ids.Add(key);
        Count += generation.Ids.Count;
    }

    private void MakeRoom()
    {
        while (Count > capacity)
        {
            if (_generations.Count == 1)
                Begin(Math.Max(_now, _generations[0].Start) + 1);
            Horizon = Math.Max(Horizon, _generations[1].Start);
            DropFirst();
            if (_generations.Count > 1 || _ahead.Count == 0)
                continue;
            // Nothing but what is ahead of the clock is left: that goes as well.
            Horizon = Math.Max(Horizon, _ahead.Max(id => id.Time) + 1);
            _ahead.Clear();
        }
    }

    private void DropFirst()
    {
        var first = _generations[0];
        _generations.RemoveAt(0);
        Count -= first.Ids.Count;
        first.Ids.Clear();
        _spare.Push(first);
    }

    private sealed class Generation
    {
        public IdSet Ids { get; } = new();

        public long Start { get; set; }
    }
}
