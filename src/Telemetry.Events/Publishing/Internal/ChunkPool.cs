namespace Telemetry.Events.Publishing;

/// <summary>
/// Empty chunks that wait for the next burst. All that a burst needed are kept, since the next one needs them again; what is not
/// needed for a while is let go. Not thread-safe: guarded by the lock of the queue that owns it.
/// </summary>
internal sealed class ChunkPool
{
    /// <summary>Batches after which is looked at what was not needed: about six seconds of a quiet service.</summary>
    public const int BatchesBetweenLooks = 64;

    private readonly Stack<EventChunk> _chunks = new();
    private int _unused;
    private int _batches;

    public int Count => _chunks.Count;

    public EventChunk? TryPop()
    {
        if (!_chunks.TryPop(out var chunk))
            return null;
        _unused = Math.Min(_unused, _chunks.Count);
        return chunk;
    }

    public void Push(EventChunk chunk) => _chunks.Push(chunk);

    /// <summary>A batch was taken from the lane. Now and then half of what was not needed since the last look is let go.</summary>
    public void OnBatch()
    {
        if (++_batches < BatchesBetweenLooks)
            return;
        _batches = 0;
        for (var excess = (_unused + 1) / 2; excess > 0; excess--)
            _chunks.Pop();
        _unused = _chunks.Count;
    }
}
