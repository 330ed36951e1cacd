using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The chunks being sent, laid out as a transport takes them: in the order in which the events were published, a slice at a time. The
/// first <see cref="Remaining"/> events of the slice are those that are not settled yet. Owned by one sender.
/// </summary>
internal sealed class SendBatch
{
    private readonly PriorityQueue<int, (long Time, int Chunk)> _heads = new();
    private OutgoingEvent[] _outgoing = new OutgoingEvent[256];
    private DeliveryOutcome[] _outcomes = new DeliveryOutcome[256];
    private (EventChunk Chunk, int Index)[] _sources = new (EventChunk, int)[256];
    private int[] _next = new int[16];
    private int _count;
    private int _start;
    private int _end;

    public List<EventChunk> Chunks { get; } = [];

    /// <summary>Chunks whose last event is settled, to be given back and cleared by the sender.</summary>
    public List<EventChunk> Settled { get; } = [];

    /// <summary>The lowest first sequence among the chunks that hold unsettled events; 0 where there are none.</summary>
    public long FirstUnsettled => Chunks.Count == 0 ? 0 : Chunks.Min(chunk => chunk.FirstSequence);

    public int Remaining { get; private set; }

    public ReadOnlyMemory<OutgoingEvent> Outgoing => _outgoing.AsMemory(_start, Remaining);

    public Memory<DeliveryOutcome> Outcomes => _outcomes.AsMemory(_start, Remaining);

    public ref readonly EventSlot SlotOf(int index) => ref _sources[_start + index].Chunk[_sources[_start + index].Index];

    public ReadOnlySpan<byte> TraceParentOf(int index) => _sources[_start + index].Chunk.TraceParent(_sources[_start + index].Index);

    /// <summary>Lays out the events of <see cref="Chunks"/>.</summary>
    public void Load()
    {
        _count = Chunks.Sum(chunk => chunk.Count);
        if (_count > _outgoing.Length)
        {
            _outgoing = new OutgoingEvent[_count];
            _outcomes = new DeliveryOutcome[_count];
            _sources = new (EventChunk, int)[_count];
        }

        foreach (var chunk in Chunks)
        {
            chunk.WriteSequences();
            chunk.Unsettled = chunk.Count;
        }

        if (!TryLayOutInOrder())
            LayOutByTime();
        _start = _end = 0;
        Remaining = 0;
    }

    /// <summary>Moves on to the next <paramref name="maxEvents"/> events at most; false when there are none left.</summary>
    public bool NextSlice(int maxEvents)
    {
        _start = _end;
        _end = Math.Min(_count, _start + maxEvents);
        Remaining = _end - _start;
        return Remaining > 0;
    }

    public void BeginAttempt() => Array.Clear(_outcomes, _start, Remaining);

    /// <summary>Completes the receipts of what is settled, and moves the rest to the slice's front.</summary>
    public void EndAttempt()
    {
        var left = 0;
        for (var i = _start; i < _start + Remaining; i++)
        {
            if (_outcomes[i].Status is DeliveryStatus.Delivered or DeliveryStatus.Final)
            {
                var chunk = _sources[i].Chunk;
                chunk.Confirm(_sources[i].Index, _outcomes[i]);
                if (--chunk.Unsettled == 0)
                    Settled.Add(chunk);
            }
            else
            {
                _outgoing[_start + left] = _outgoing[i];
                _sources[_start + left++] = _sources[i];
            }
        }

        Remaining = left;
        // Given back at once: they may be filled anew while the rest of the batch is still being sent.
        if (Settled.Count > 0)
            Chunks.RemoveAll(static chunk => chunk.Unsettled == 0);
    }

    /// <summary>Gives all that is left of the slice the same final outcome.</summary>
    public void GiveUp(string reason) => Outcomes.Span.Fill(DeliveryOutcome.Final(reason));

    /// <summary>Lets go of what was sent: the arrays live as long as the sender, and would keep what they point to.</summary>
    public void Clear()
    {
        Array.Clear(_outgoing, 0, _count);
        Array.Clear(_sources, 0, _count);
        _count = 0;
    }

    /// <summary>Chunks of one publishing thread follow each other in order already; false where events of several interleave.</summary>
    private bool TryLayOutInOrder()
    {
        var position = 0;
        var last = DateTime.MinValue;
        foreach (var chunk in Chunks)
        {
            if (chunk[0].Time < last)
                return false;
            last = chunk[chunk.Count - 1].Time;
            for (var i = 0; i < chunk.Count; i++)
                Place(position++, chunk, i);
        }

        return true;
    }

    /// <summary>
    /// Merges the chunks by the events' time. What one flow publishes may stand in several chunks, since a flow goes on in another
    /// thread after an await, and events of one key must keep their order.
    /// </summary>
    private void LayOutByTime()
    {
        if (_next.Length < Chunks.Count)
            _next = new int[Chunks.Count * 2];
        Array.Clear(_next, 0, Chunks.Count);
        _heads.Clear();
        for (var i = 0; i < Chunks.Count; i++)
            _heads.Enqueue(i, (Chunks[i][0].Time.Ticks, i));

        for (var position = 0; _heads.TryDequeue(out var source, out _); position++)
        {
            var chunk = Chunks[source];
            Place(position, chunk, _next[source]++);
            if (_next[source] < chunk.Count)
                _heads.Enqueue(source, (chunk[_next[source]].Time.Ticks, source));
        }
    }

    private void Place(int position, EventChunk chunk, int index)
    {
        _outgoing[position] = chunk.Outgoing(index);
        _sources[position] = (chunk, index);
    }
}
