namespace Telemetry.Events.Publishing;

/// <summary>
/// The bounds of one lane, and how it is given out: room is taken a chunk at a time, so that publishing threads share no counter.
/// </summary>
internal readonly record struct LaneCapacity(int MaxEvents, long MaxBytes)
{
    private const int MaxChunkEvents = 256;
    private const int MaxChunkBytes = 64 * 1024;

    // A lane of few events has small chunks, down to one event: what one thread holds must not be all that others could use.
    private const int MinChunks = 64;

    public int ChunkEvents => Math.Clamp(MaxEvents / MinChunks, 1, MaxChunkEvents);

    public int ChunkBytes => (int)Math.Clamp(MaxBytes / MinChunks, 1, MaxChunkBytes);
}
