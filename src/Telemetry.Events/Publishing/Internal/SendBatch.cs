using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Events to be sent one slice after another, laid out as a transport takes them: in the order in which they were published. The first
/// <see cref="OutgoingBatch.Remaining"/> events of the slice are those that are not settled yet. Owned by one sender.
/// </summary>
/// <param name="held">The chunks that the events stand in.</param>
/// <param name="maxBytes">Bytes of composed events after which a slice ends.</param>
internal sealed class SendBatch(HeldChunks held, int maxBytes = SliceBuffer.MaxBytes) : OutgoingBatch
{
    // All events of the batch in their order, and where in it the slice stands.
    private EventSource[] _sources = new EventSource[256];
    private int _count;
    private int _start;
    private int _end;

    // How far the arrays were used since they were cleared.
    private int _usedSources;
    private int _usedEvents;

    // Of the slice alone. Composed once: every attempt sends the same bytes.
    private readonly EnvelopeComposer _composer = new();
    private readonly SliceBuffer _buffer = new(maxBytes);

    /// <summary>Whether there are events that are not settled.</summary>
    public bool IsLoaded => Remaining > 0 || Waiting > 0;

    /// <summary>How many events stand behind the slice.</summary>
    public int Waiting => _count - _end;

    public override DateTime TimeOf(int index) => _sources[_start + index].Chunk[_sources[_start + index].Index].Time;

    public TaskCompletionSource<DeliveryReceipt>? ConfirmationOf(int index) =>
        _sources[_start + index].Chunk[_sources[_start + index].Index].Confirmation;

    public override ReadOnlySpan<byte> TraceParentOf(int index) => _sources[_start + index].Chunk.TraceParent(_sources[_start + index].Index);

    /// <summary>Takes over what was added to the chunks. Call it when nothing else is in the batch.</summary>
    public void Load() => held.LayOut(Extend(held.CountAdded()));

    /// <summary>Adds an event behind all others.</summary>
    public void Add(EventSource source)
    {
        if (_count == _sources.Length)
            Array.Resize(ref _sources, _count * 2);
        _sources[_count++] = source;
    }

    /// <summary>Takes over what others hold: what is not settled of their slices, and behind it what waits there.</summary>
    /// <returns>How many events are those of their slices.</returns>
    public int TakeOver(ReadOnlySpan<SendBatch> others)
    {
        foreach (var other in others)
            other._sources.AsSpan(other._start, other.Remaining).CopyTo(Extend(other.Remaining));
        var failed = _count;
        foreach (var other in others)
        {
            other._sources.AsSpan(other._end, other.Waiting).CopyTo(Extend(other.Waiting));
            other.Clear();
        }

        return failed;
    }

    /// <summary>
    /// Moves on to the next <paramref name="maxEvents"/> events at most, or as many as the buffer takes, and composes them; false when
    /// there are none left.
    /// </summary>
    public bool NextSlice(int maxEvents)
    {
        _buffer.Reset();
        // Once less waits than was sent, so that an event is moved once at most.
        if (_end >= Waiting)
            MoveToFront();
        _start = _end;
        var limit = _start + Math.Min(maxEvents, _count - _start);
        EnsureCapacity(limit - _start);
        for (; _end < limit && !_buffer.IsFull; _end++)
            Events[_end - _start] = Compose(_sources[_end].Chunk, _sources[_end].Index);
        Remaining = _end - _start;
        _usedEvents = Math.Max(_usedEvents, Remaining);
        return Remaining > 0;
    }

    public override void Settle() =>
        Remaining = held.Settle(_sources.AsSpan(_start, Remaining), Events.AsSpan(0, Remaining), Outcomes.Span);

    /// <summary>The first events of the slice are durable in the log, which the rest of their way starts from.</summary>
    /// <param name="count">How many; at most <see cref="OutgoingBatch.Remaining"/>.</param>
    /// <param name="lastPosition">The place of the last of them.</param>
    public void MoveToLog(int count, long lastPosition)
    {
        held.MoveToLog(_sources.AsSpan(_start, count), lastPosition);
        Remaining -= count;
        Array.Copy(Events, count, Events, 0, Remaining);
        _start += count;
    }

    /// <summary>Gives all that is left of the slice the same final outcome.</summary>
    public void GiveUp(string reason) => Outcomes.Span.Fill(DeliveryOutcome.Final(reason));

    /// <summary>Lets go of what was sent: the arrays live as long as the sender, and would keep what they point to.</summary>
    public void Clear()
    {
        Array.Clear(Events, 0, _usedEvents);
        Array.Clear(_sources, 0, Math.Max(_usedSources, _count));
        _usedSources = _usedEvents = 0;
        _count = _start = _end = 0;
        Remaining = 0;
    }

    private void MoveToFront()
    {
        _usedSources = Math.Max(_usedSources, _count);
        _sources.AsSpan(_end, Waiting).CopyTo(_sources);
        _count = Waiting;
        _end = 0;
    }

    private Span<EventSource> Extend(int count)
    {
        if (_sources.Length - _count < count)
            Array.Resize(ref _sources, Math.Max(_sources.Length * 2, _count + count));
        _count += count;
        return _sources.AsSpan(_count - count, count);
    }

    private OutgoingEvent Compose(EventChunk chunk, int index)
    {
        var record = chunk.Record(index);
        return _composer.Compose(record, chunk.FirstSequence + index, _buffer.Take(record.EventLength));
    }
}
