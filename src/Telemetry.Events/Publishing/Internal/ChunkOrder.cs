namespace Telemetry.Events.Publishing;

/// <summary>Brings the events of chunks into the order in which they were published. Owned by one sender.</summary>
internal sealed class ChunkOrder
{
    private readonly PriorityQueue<int, (int ClockSteps, long Time, int Chunk)> _heads = new();
    private int[] _next = new int[16];

    /// <param name="chunks">The chunks.</param>
    /// <param name="sources">As long as the chunks have events.</param>
    public void LayOut(ReadOnlySpan<EventChunk> chunks, Span<EventSource> sources)
    {
        if (!TryLayOutInOrder(chunks, sources))
            LayOutByTime(chunks, sources);
    }

    /// <summary>Chunks of one publishing thread follow each other in order already; false where events of several interleave.</summary>
    private static bool TryLayOutInOrder(ReadOnlySpan<EventChunk> chunks, Span<EventSource> sources)
    {
        var position = 0;
        var (steps, latest) = (0, DateTime.MinValue);
        foreach (var chunk in chunks)
        {
            if (chunk.ClockSteps < steps)
                return false;
            var earliest = chunk.ClockSteps == steps ? latest : DateTime.MinValue;
            (steps, latest) = (chunk.ClockSteps, earliest);
            for (var i = 0; i < chunk.Count; i++)
            {
                // Not the first and the last alone: threads that share a stripe append in another order than they read the clock.
                var time = chunk[i].Time;
                if (time < earliest)
                    return false;
                latest = time > latest ? time : latest;
                sources[position++] = new EventSource(chunk, i);
            }
        }

        return true;
    }

    /// <summary>
    /// Merges the chunks by the events' time, and those from before the clock was set back before all others. What one flow publishes
    /// may stand in several chunks, since a flow goes on in another thread after an await, and events of one key must keep their order.
    /// </summary>
    private void LayOutByTime(ReadOnlySpan<EventChunk> chunks, Span<EventSource> sources)
    {
        if (_next.Length < chunks.Length)
            _next = new int[chunks.Length * 2];
        Array.Clear(_next, 0, chunks.Length);
        _heads.Clear();
        for (var i = 0; i < chunks.Length; i++)
            _heads.Enqueue(i, (chunks[i].ClockSteps, chunks[i][0].Time.Ticks, i));

        for (var position = 0; _heads.TryDequeue(out var source, out _); position++)
        {
            var chunk = chunks[source];
            sources[position] = new EventSource(chunk, _next[source]++);
            if (_next[source] < chunk.Count)
                _heads.Enqueue(source, (chunk.ClockSteps, chunk[_next[source]].Time.Ticks, source));
        }
    }
}
