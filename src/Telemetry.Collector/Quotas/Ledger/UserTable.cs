namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A shard's users by their name in UTF-8: open addressing, found without allocation. Belongs to the shard's lock.</summary>
internal sealed class UserTable
{
    // Beside each user its hash, so that a look at another one's place needs no look at that user.
    private Place[] _places = new Place[16];

    public int Count { get; private set; }

    public UserState? Find(UInt128 key, ReadOnlySpan<byte> name)
    {
        var places = _places;
        var (mask, hash) = (places.Length - 1, (ulong)key);
        for (var at = Home(hash, mask); ; at = (at + 1) & mask)
        {
            ref var place = ref places[at];
            if (place.User is not { } user)
                return null;
            if (place.Hash == hash && name.SequenceEqual(user.Name))
                return user;
        }
    }

    public UserState Add(UInt128 key, ReadOnlySpan<byte> name)
    {
        if (Count >= _places.Length / 4 * 3)
            Grow();
        var user = new UserState(key, name.ToArray());
        Put(user);
        Count++;
        return user;
    }

    public void Remove(UserState user)
    {
        var mask = _places.Length - 1;
        var hole = Home((ulong)user.Key, mask);
        while (!ReferenceEquals(_places[hole].User, user))
            hole = (hole + 1) & mask;
        // What would not be found any more behind the hole moves into it.
        for (var at = (hole + 1) & mask; _places[at].User is not null; at = (at + 1) & mask)
        {
            if (((at - Home(_places[at].Hash, mask)) & mask) < ((at - hole) & mask))
                continue;
            _places[hole] = _places[at];
            hole = at;
        }

        _places[hole] = default;
        Count--;
    }

    /// <summary>All users. Not to be changed meanwhile.</summary>
    public IEnumerable<UserState> All() => _places.Select(place => place.User).OfType<UserState>();

    private static int Home(ulong hash, int mask) => (int)hash & mask;

    private void Put(UserState user)
    {
        var mask = _places.Length - 1;
        var at = Home((ulong)user.Key, mask);
        while (_places[at].User is not null)
            at = (at + 1) & mask;
        _places[at] = new Place((ulong)user.Key, user);
    }

    private void Grow()
    {
        var old = _places;
        _places = new Place[old.Length * 2];
        foreach (var place in old)
        {
            if (place.User is { } user)
                Put(user);
        }
    }

    private readonly record struct Place(ulong Hash, UserState? User);
}
