namespace Telemetry.Events.Publishing;

/// <summary>The memory that the final bytes of one slice stand in, used again for the next. Owned by one sender.</summary>
/// <param name="maxBytes">Bytes after which a slice ends; an event alone may be longer.</param>
internal sealed class SliceBuffer(int maxBytes)
{
    /// <summary>What the slices that a lane sends at a time may take together.</summary>
    public const int MaxBytes = 8 << 20;

    private const int BlockBytes = 256 << 10;

    private readonly List<byte[]> _blocks = [];
    private int _block;
    private int _used;
    private long _taken;

    public bool IsFull => _taken >= maxBytes;

    /// <summary>Memory of this length, valid until <see cref="Reset"/>.</summary>
    public Memory<byte> Take(int length)
    {
        _taken += length;
        // Not kept: what one huge event needed would stay for good.
        if (length > BlockBytes)
            return GC.AllocateUninitializedArray<byte>(length);

        if (length > BlockBytes - _used)
        {
            _block++;
            _used = 0;
        }

        if (_block == _blocks.Count)
            _blocks.Add(GC.AllocateUninitializedArray<byte>(BlockBytes));
        _used += length;
        return _blocks[_block].AsMemory(_used - length, length);
    }

    public void Reset() => (_block, _used, _taken) = (0, 0, 0);
}
