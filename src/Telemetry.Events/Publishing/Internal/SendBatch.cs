using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The chunks being sent, laid out as a transport takes them: in the order in which the events were published, a slice at a time. The
/// first <see cref="Remaining"/> events of the slice are those that are not settled yet. Owned by one sender.
/// </summary>
internal sealed class SendBatch
{
    private readonly PriorityQueue<int, (long Time, int Chunk)> _heads = new();
    private int[] _next = new int[16];

    // All events of the batch in their order, and where in it the slice stands.
    private (EventChunk Chunk, int Index)[] _sources = new (EventChunk, int)[256];
    private int _count;
    private int _start;
    private int _end;

    // Of the slice alone. Composed once: every attempt sends the same bytes.
    private readonly EnvelopeComposer _composer = new();
    private readonly SliceBuffer _buffer = new();
    private OutgoingEvent[] _outgoing = [];
    private DeliveryOutcome[] _outcomes = [];

    public List<EventChunk> Chunks { get; } = [];

    /// <summary>Chunks whose last event is settled, to be given back and cleared by the sender.</summary>
    public List<EventChunk> Settled { get; } = [];

    /// <summary>The lowest first sequence among the chunks that hold unsettled events; 0 where there are none.</summary>
    public long FirstUnsettled => Chunks.Count == 0 ? 0 : Chunks.Min(chunk => chunk.FirstSequence);

    public int Remaining { get; private set; }

    public ReadOnlyMemory<OutgoingEvent> Outgoing => _outgoing.AsMemory(0, Remaining);

    public Memory<DeliveryOutcome> Outcomes => _outcomes.AsMemory(0, Remaining);

    public ref readonly EventSlot SlotOf(int index) => ref _sources[_start + index].Chunk[_sources[_start + index].Index];

    public ReadOnlySpan<byte> TraceParentOf(int index) => _sources[_start + index].Chunk.TraceParent(_sources[_start + index].Index);

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
        if (limit - _start > _outgoing.Length)
        {
            _outgoing = new OutgoingEvent[limit - _start];
            _outcomes = new DeliveryOutcome[limit - _start];
        }

        for (; _end < limit && !_buffer.IsFull; _end++)
            _outgoing[_end - _start] = Compose(_sources[_end].Chunk, _sources[_end].Index);
        Remaining = _end - _start;
        return Remaining > 0;
    }

    public void BeginAttempt() => Array.Clear(_outcomes, 0, Remaining);

    /// <summary>Completes the receipts of what is settled, and moves the rest to the slice's front.</summary>
    public void EndAttempt()
    {
        var left = 0;
        for (var i = 0; i < Remaining; i++)
        {
            var (chunk, index) = _sources[_start + i];
            if (_outcomes[i].Status is DeliveryStatus.Delivered or DeliveryStatus.Final)
            {
                chunk.Confirm(index, _outcomes[i]);
                if (--chunk.Unsettled == 0)
                    Settled.Add(chunk);
            }
            else
            {
                _outgoing[left] = _outgoing[i];
                _sources[_start + left++] = (chunk, index);
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
        Array.Clear(_outgoing, 0, Math.Min(_count, _outgoing.Length));
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
                _sources[position++] = (chunk, i);
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
            _sources[position] = (chunk, _next[source]++);
            if (_next[source] < chunk.Count)
                _heads.Enqueue(source, (chunk[_next[source]].Time.Ticks, source));
        }
    }

    private OutgoingEvent Compose(EventChunk chunk, int index)
    {
        var record = chunk.Record(index);
        return _composer.Compose(record, chunk.FirstSequence + index, _buffer.Take(record.EventLength));
    }
}
