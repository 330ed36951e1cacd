namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// One partition's part of a <see cref="Tail"/>: a ring in the order of offsets, which grows as it has to and is used again.
/// </summary>
internal sealed class PartitionTail
{
    private const int SmallestCapacity = 16;
    private TailEntry[] _entries = new TailEntry[SmallestCapacity];

    // By itself, since it is what a search looks at.
    private UInt128[] _users = new UInt128[SmallestCapacity];
    private int _first;

    public int Count { get; private set; }

    /// <summary>An entry by its place, counted from the first.</summary>
    public ref TailEntry this[int place] => ref _entries[(_first + place) & (_entries.Length - 1)];

    /// <summary>A new entry at the end, to be filled in.</summary>
    public ref TailEntry Add(UInt128 user)
    {
        if (Count == _entries.Length)
            Grow();
        var at = (_first + Count++) & (_entries.Length - 1);
        _users[at] = user;
        return ref _entries[at];
    }

    public void RemoveFirst()
    {
        // Texts are not to be kept alive.
        _entries[_first].Id = null;
        _first = (_first + 1) & (_entries.Length - 1);
        Count--;
    }

    /// <summary>The place of the user's next entry from this place on; negative for none.</summary>
    public int Find(UInt128 user, int from)
    {
        while (from < Count)
        {
            var start = (_first + from) & (_users.Length - 1);
            var run = _users.AsSpan(start, Math.Min(Count - from, _users.Length - start));
            var found = run.IndexOf(user);
            if (found >= 0)
                return from + found;
            from += run.Length;
        }

        return -1;
    }

    private void Grow()
    {
        var (entries, users) = (new TailEntry[_entries.Length * 2], new UInt128[_entries.Length * 2]);
        for (var i = 0; i < Count; i++)
        {
            var at = (_first + i) & (_entries.Length - 1);
            (entries[i], users[i]) = (_entries[at], _users[at]);
        }

        (_entries, _users, _first) = (entries, users, 0);
    }
}
