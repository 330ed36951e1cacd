namespace Telemetry.Events.Publishing;

/// <summary>
/// The bounds of one lane, and how it is given out: room is taken a chunk at a time, so that publishing threads share no counter.
/// </summary>
internal readonly record struct LaneCapacity(int MaxEvents, long MaxBytes)
{
    // An event with its context takes about 500 bytes: both bounds of a chunk are reached at about the same time.
    private const int MaxChunkEvents = 128;
    private const int MaxChunkBytes = 64 * 1024;

    // Four megabytes. With fewer the sender mostly spins for the next chunk: benchmarks/results/publish.md.
    private const int MaxWakeChunks = 64;

    // A lane of few events has small chunks, down to one event: what one thread holds must not be all that others could use.
    private const int MinChunks = 64;

    public int ChunkEvents => Math.Clamp(MaxEvents / MinChunks, 1, MaxChunkEvents);

    /// <summary>Chunks that may wait before the sender is woken ahead of the batch delay.</summary>
    public int WakeChunks => Math.Clamp(MaxChunks / 4, 1, MaxWakeChunks);

    private int MaxChunks => (int)Math.Min(MaxEvents / ChunkEvents, MaxBytes / ChunkBytes);

    public int ChunkBytes => (int)Math.Clamp(MaxBytes / MinChunks, 1, MaxChunkBytes);
}
