namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A set of ids: open addressing, no removal but of all. Not safe for concurrent use.</summary>
internal sealed class IdSet
{
    private const int SmallestCapacity = 64;

    private UInt128[] _keys = new UInt128[SmallestCapacity];

    // The key 0 marks an empty place, so it has a place of its own.
    private bool _hasZero;
    private int _used;

    public int Count => _used + (_hasZero ? 1 : 0);

    public bool Add(UInt128 key)
    {
        if (key == UInt128.Zero)
        {
            var isNew = !_hasZero;
            _hasZero = true;
            return isNew;
        }

        ref var place = ref Find(_keys, key);
        if (place != UInt128.Zero)
            return false;
        place = key;
        _used++;
        if (_used > _keys.Length / 4 * 3)
            Grow();
        return true;
    }

    /// <inheritdoc cref="CacheHint"/>
    public void WillAdd(UInt128 key) => CacheHint.WillUse(ref _keys[Home(key, _keys.Length - 1)]);

    public void Clear()
    {
        Array.Clear(_keys);
        (_used, _hasZero) = (0, false);
    }

    private void Grow()
    {
        var larger = new UInt128[_keys.Length * 2];
        foreach (var key in _keys)
        {
            if (key != UInt128.Zero)
                Find(larger, key) = key;
        }

        _keys = larger;
    }

    // UUIDs of version 7 begin with their time: all bits are mixed, so that neighbours in time are none here.
    private static int Home(UInt128 key, int mask) =>
        (int)((((ulong)key ^ ((ulong)(key >> 64) * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> 33) & mask;

    private static ref UInt128 Find(UInt128[] keys, UInt128 key)
    {
        var mask = keys.Length - 1;
        for (var at = Home(key, mask); ; at = (at + 1) & mask)
        {
            ref var place = ref keys[at];
            if (place == UInt128.Zero || place == key)
                return ref place;
        }
    }
}
