using System.Runtime.InteropServices;
using Telemetry.Events.Reporting;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The chunks that a lane's sender has taken. Each goes back to the queue when its last event is settled. Owned by one sender.
/// </summary>
/// <param name="queue">Where the chunks come from and go back to.</param>
/// <param name="dropped">Told the sequences of events that are given up.</param>
internal sealed class HeldChunks(LaneQueue queue, DroppedSequences dropped)
{
    private readonly ChunkOrder _order = new();
    private readonly List<EventChunk> _settled = [];
    private int _laidOut;

    /// <summary>In the order of their sequences. Whoever adds to it lays out what was added, see <see cref="LayOut"/>.</summary>
    public List<EventChunk> Chunks { get; } = [];

    /// <summary>No unsettled event has a lower sequence; 0 where there are none.</summary>
    private long FirstUnsettled => Chunks.Count == 0 ? 0 : Chunks[0].FirstSequence;

    /// <summary>How many events the chunks hold that were added since the last <see cref="LayOut"/>.</summary>
    public int CountAdded()
    {
        var count = 0;
        for (var i = _laidOut; i < Chunks.Count; i++)
            count += Chunks[i].Count;
        return count;
    }

    /// <summary>The events of all chunks that were added since the last call, in the order in which they were published.</summary>
    public void LayOut(Span<EventSource> sources)
    {
        var added = CollectionsMarshal.AsSpan(Chunks)[_laidOut..];
        foreach (var chunk in added)
            chunk.Unsettled = chunk.Count;
        _order.LayOut(added, sources);
        _laidOut = Chunks.Count;
    }

    /// <summary>Accounts for outcomes. The events that are not settled move to the front.</summary>
    /// <returns>How many are not settled.</returns>
    public int Settle(Span<EventSource> sources, Span<OutgoingEvent> events, ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        queue.Settle(outcomes);
        var left = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var (chunk, index) = sources[i];
            if (outcomes[i].IsSettled())
            {
                chunk.Confirm(index, outcomes[i]);
                if (outcomes[i].Status == DeliveryStatus.Final)
                    dropped.Add(outcomes[i].Reason ?? DropReasons.Unspecified, chunk.FirstSequence + index);
                if (--chunk.Unsettled == 0)
                    _settled.Add(chunk);
            }
            else
            {
                events[left] = events[i];
                sources[left++] = new EventSource(chunk, index);
            }
        }

        ReturnSettled();
        return left;
    }

    /// <summary>Events are durable in the log, which the rest of their way starts from.</summary>
    /// <param name="sources">The events.</param>
    /// <param name="lastPosition">The place of the last of them.</param>
    public void MoveToLog(ReadOnlySpan<EventSource> sources, long lastPosition)
    {
        queue.MarkSpooled(sources.Length, lastPosition, FirstUnsettled);
        foreach (var (chunk, _) in sources)
        {
            if (--chunk.Unsettled == 0)
                _settled.Add(chunk);
        }

        ReturnSettled();
    }

    private void ReturnSettled()
    {
        // Given back at once: they may be filled anew while the rest is still being sent.
        if (_settled.Count == 0)
            return;
        _laidOut -= Chunks.RemoveAll(static chunk => chunk.Unsettled == 0);
        queue.Return(_settled, FirstUnsettled);
        _settled.Clear();
    }
}
