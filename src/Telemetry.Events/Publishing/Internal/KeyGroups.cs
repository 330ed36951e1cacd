using System.Buffers.Binary;
using System.Numerics;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Divides the events of a lane into groups by their keys: those of one key are in one group, in their order. Owned by one sender.
/// </summary>
internal sealed class KeyGroups
{
    private readonly HeldChunks _held;
    private readonly SendBatch[] _groups;
    private readonly int _eventsPerBatch;
    private EventSource[] _sources = [];
    private int _keyless;

    /// <param name="held">The chunks that the events stand in.</param>
    /// <param name="count">How many groups.</param>
    /// <param name="eventsPerBatch">How many events without a key follow each other in one group.</param>
    public KeyGroups(HeldChunks held, int count, int eventsPerBatch)
    {
        _held = held;
        _eventsPerBatch = eventsPerBatch;
        _groups = [.. Enumerable.Range(0, count).Select(_ => new SendBatch(held, SliceBuffer.MaxBytes / count))];
    }

    public ReadOnlySpan<SendBatch> All => _groups;

    /// <summary>How many events wait for their first attempt.</summary>
    public int Waiting
    {
        get
        {
            var waiting = 0;
            foreach (var group in _groups)
                waiting += group.Waiting;
            return waiting;
        }
    }

    /// <summary>Divides what was added to the chunks.</summary>
    public void Divide()
    {
        var count = _held.CountAdded();
        if (_sources.Length < count)
            _sources = new EventSource[count];
        var sources = _sources.AsSpan(0, count);
        _held.LayOut(sources);
        foreach (ref readonly var source in sources)
            _groups[GroupOf(source)].Add(source);
        sources.Clear();
    }

    /// <summary>Puts what was added to the chunks into the first group, whatever its keys. For when nothing else is in any group.</summary>
    public void TakeWhole() => _groups[0].Load();

    /// <summary>Lets go of what was sent.</summary>
    public void Clear()
    {
        foreach (var group in _groups)
            group.Clear();
    }

    private int GroupOf(EventSource source)
    {
        var record = source.Chunk.Record(source.Index);
        var key = record.Bytes.Slice(record.Layout.KeyStart, record.Layout.KeyLength);
        // Events without a key have no order: by whole batches, not one by one.
        var hash = key.IsEmpty ? (uint)(_keyless++ / _eventsPerBatch) : Hash(key);
        return (int)(hash % (uint)_groups.Length);
    }

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 0u;
        for (; key.Length >= sizeof(ulong); key = key[sizeof(ulong)..])
            hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(key));
        foreach (var b in key)
            hash = BitOperations.Crc32C(hash, b);
        return hash;
    }
}
