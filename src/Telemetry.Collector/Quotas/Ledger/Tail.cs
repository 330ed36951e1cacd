namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// Events from the store's positions on, of one shard. Belongs to the shard's lock. A user's entries are searched for when the user is
/// loaded, which costs a query anyway: keeping them together would cost each event.
/// </summary>
internal sealed class Tail
{
    private PartitionTail?[] _partitions = [];

    /// <summary>Entries in use.</summary>
    public int Count { get; private set; }

    public int Partitions => _partitions.Length;

    /// <summary>A partition's entries.</summary>
    public PartitionTail? Of(int partition) => partition < _partitions.Length ? _partitions[partition] : null;

    public ref TailEntry At(TailPlace place) => ref _partitions[place.Partition]![place.Index];

    /// <summary>A new entry, to be filled in.</summary>
    public ref TailEntry Add(int partition, UInt128 user)
    {
        if (partition >= _partitions.Length)
            Array.Resize(ref _partitions, partition + 1);
        Count++;
        return ref (_partitions[partition] ??= new PartitionTail()).Add(user);
    }

    public void RemoveFirst(int partition)
    {
        _partitions[partition]!.RemoveFirst();
        Count--;
    }

    /// <summary>Where the user's entries are, by partition and offset.</summary>
    public List<TailPlace> Find(UInt128 user)
    {
        var places = new List<TailPlace>();
        for (var partition = 0; partition < _partitions.Length; partition++)
        {
            if (_partitions[partition] is not { } entries)
                continue;
            for (var at = entries.Find(user, 0); at >= 0; at = entries.Find(user, at + 1))
                places.Add(new TailPlace(partition, at));
        }

        return places;
    }
}
