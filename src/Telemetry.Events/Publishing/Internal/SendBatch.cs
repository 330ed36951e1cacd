using Telemetry.Events.Envelope;
using Telemetry.Events.Reporting;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The chunks being sent, laid out as a transport takes them: in the order in which the events were published, a slice at a time. The
/// first <see cref="OutgoingBatch.Remaining"/> events of the slice are those that are not settled yet. Owned by one sender.
/// </summary>
/// <param name="queue">Where the chunks come from and go back to.</param>
/// <param name="dropped">Told the sequences of events that are given up.</param>
internal sealed class SendBatch(LaneQueue queue, DroppedSequences dropped) : OutgoingBatch
{
    private readonly PriorityQueue<int, (int ClockSteps, long Time, int Chunk)> _heads = new();
    private int[] _next = new int[16];

    // All events of the batch in their order, and where in it the slice stands.
    private (EventChunk Chunk, int Index)[] _sources = new (EventChunk, int)[256];
    private int _count;
    private int _start;
    private int _end;

    // Of the slice alone. Composed once: every attempt sends the same bytes.
    private readonly EnvelopeComposer _composer = new();
    private readonly SliceBuffer _buffer = new();
    private readonly List<EventChunk> _settled = [];

    public List<EventChunk> Chunks { get; } = [];

    /// <summary>Whether there are events that are laid out and not settled.</summary>
    public bool IsLoaded => Remaining > 0 || _end < _count;

    /// <summary>The lowest first sequence among the chunks that hold unsettled events; 0 where there are none.</summary>
    private long FirstUnsettled => Chunks.Count == 0 ? 0 : Chunks.Min(chunk => chunk.FirstSequence);

    public override DateTime TimeOf(int index) => _sources[_start + index].Chunk[_sources[_start + index].Index].Time;

    public TaskCompletionSource<DeliveryReceipt>? ConfirmationOf(int index) =>
        _sources[_start + index].Chunk[_sources[_start + index].Index].Confirmation;

    public override ReadOnlySpan<byte> TraceParentOf(int index) => _sources[_start + index].Chunk.TraceParent(_sources[_start + index].Index);

    /// <summary>Lays out the events of <see cref="Chunks"/>.</summary>
    public void Load()
    {
        _count = Chunks.Sum(chunk => chunk.Count);
        if (_count > _sources.Length)
            _sources = new (EventChunk, int)[_count];
        foreach (var chunk in Chunks)
            chunk.Unsettled = chunk.Count;
        if (!TryLayOutInOrder())
            LayOutByTime();
        _start = _end = 0;
        Remaining = 0;
    }

    /// <summary>
    /// Moves on to the next <paramref name="maxEvents"/> events at most, or as many as the buffer takes, and composes them; false when
    /// there are none left.
    /// </summary>
    public bool NextSlice(int maxEvents)
    {
        _buffer.Reset();
        _start = _end;
        var limit = _start + Math.Min(maxEvents, _count - _start);
        EnsureCapacity(limit - _start);
        for (; _end < limit && !_buffer.IsFull; _end++)
            Events[_end - _start] = Compose(_sources[_end].Chunk, _sources[_end].Index);
        Remaining = _end - _start;
        return Remaining > 0;
    }

    public override void Settle()
    {
        queue.Settle(Outcomes.Span);
        var left = 0;
        for (var i = 0; i < Remaining; i++)
        {
            var (chunk, index) = _sources[_start + i];
            if (Results[i].IsSettled())
            {
                chunk.Confirm(index, Results[i]);
                if (Results[i].Status == DeliveryStatus.Final)
                    dropped.Add(Results[i].Reason ?? DropReasons.Unspecified, chunk.FirstSequence + index);
                if (--chunk.Unsettled == 0)
                    _settled.Add(chunk);
            }
            else
            {
                Events[left] = Events[i];
                _sources[_start + left++] = (chunk, index);
            }
        }

        Remaining = left;
        ReturnSettled();
    }

    /// <summary>The first events of the slice are durable in the log, which the rest of their way starts from.</summary>
    /// <param name="count">How many; at most <see cref="OutgoingBatch.Remaining"/>.</param>
    /// <param name="lastPosition">The place of the last of them.</param>
    public void MoveToLog(int count, long lastPosition)
    {
        queue.MarkSpooled(count, lastPosition, FirstUnsettled);
        for (var i = 0; i < count; i++)
        {
            var chunk = _sources[_start + i].Chunk;
            if (--chunk.Unsettled == 0)
                _settled.Add(chunk);
        }

        Remaining -= count;
        Array.Copy(Events, count, Events, 0, Remaining);
        _start += count;
        ReturnSettled();
    }

    private void ReturnSettled()
    {
        // Given back at once: they may be filled anew while the rest of the batch is still being sent.
        if (_settled.Count == 0)
            return;
        Chunks.RemoveAll(static chunk => chunk.Unsettled == 0);
        queue.Return(_settled, FirstUnsettled);
        _settled.Clear();
    }

    /// <summary>Gives all that is left of the slice the same final outcome.</summary>
    public void GiveUp(string reason) => Outcomes.Span.Fill(DeliveryOutcome.Final(reason));

    /// <summary>Lets go of what was sent: the arrays live as long as the sender, and would keep what they point to.</summary>
    public void Clear()
    {
        Array.Clear(Events, 0, Math.Min(_count, Events.Length));
        Array.Clear(_sources, 0, _count);
        _count = _start = _end = 0;
    }

    /// <summary>Chunks of one publishing thread follow each other in order already; false where events of several interleave.</summary>
    private bool TryLayOutInOrder()
    {
        var position = 0;
        var (steps, latest) = (0, DateTime.MinValue);
        foreach (var chunk in Chunks)
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
                _sources[position++] = (chunk, i);
            }
        }

        return true;
    }

    /// <summary>
    /// Merges the chunks by the events' time, and those from before the clock was set back before all others. What one flow publishes
    /// may stand in several chunks, since a flow goes on in another thread after an await, and events of one key must keep their order.
    /// </summary>
    private void LayOutByTime()
    {
        if (_next.Length < Chunks.Count)
            _next = new int[Chunks.Count * 2];
        Array.Clear(_next, 0, Chunks.Count);
        _heads.Clear();
        for (var i = 0; i < Chunks.Count; i++)
            _heads.Enqueue(i, (Chunks[i].ClockSteps, Chunks[i][0].Time.Ticks, i));

        for (var position = 0; _heads.TryDequeue(out var source, out _); position++)
        {
            var chunk = Chunks[source];
            _sources[position] = (chunk, _next[source]++);
            if (_next[source] < chunk.Count)
                _heads.Enqueue(source, (chunk.ClockSteps, chunk[_next[source]].Time.Ticks, source));
        }
    }

    private OutgoingEvent Compose(EventChunk chunk, int index)
    {
        var record = chunk.Record(index);
        return _composer.Compose(record, chunk.FirstSequence + index, _buffer.Take(record.EventLength));
    }
}
