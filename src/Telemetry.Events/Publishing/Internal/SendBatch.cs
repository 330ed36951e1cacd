using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// The chunks being sent, laid out as a transport takes them. The first <see cref="Remaining"/> entries are the events that are not
/// settled yet, in their order. Owned by one sender.
/// </summary>
internal sealed class SendBatch
{
    private OutgoingEvent[] _outgoing = new OutgoingEvent[256];
    private DeliveryOutcome[] _outcomes = new DeliveryOutcome[256];
    private (EventChunk Chunk, int Index)[] _sources = new (EventChunk, int)[256];
    private int _taken;

    public List<EventChunk> Chunks { get; } = [];

    public int Remaining { get; private set; }

    public ReadOnlyMemory<OutgoingEvent> Outgoing => _outgoing.AsMemory(0, Remaining);

    public Memory<DeliveryOutcome> Outcomes => _outcomes.AsMemory(0, Remaining);

    public ref readonly EventSlot SlotOf(int index) => ref _sources[index].Chunk[_sources[index].Index];

    public ReadOnlySpan<byte> TraceParentOf(int index) => _sources[index].Chunk.TraceParent(_sources[index].Index);

    /// <summary>Lays out the events of <see cref="Chunks"/>.</summary>
    public void Load()
    {
        _taken = Chunks.Sum(chunk => chunk.Count);
        if (_taken > _outgoing.Length)
        {
            Array.Resize(ref _outgoing, _taken);
            Array.Resize(ref _outcomes, _taken);
            Array.Resize(ref _sources, _taken);
        }

        var next = 0;
        foreach (var chunk in Chunks)
        {
            chunk.WriteSequences();
            for (var i = 0; i < chunk.Count; i++, next++)
            {
                _outgoing[next] = chunk.Outgoing(i);
                _sources[next] = (chunk, i);
            }
        }

        Remaining = _taken;
    }

    public void BeginAttempt() => Array.Clear(_outcomes, 0, Remaining);

    /// <summary>Completes the receipts of what is settled, and moves the rest to the front.</summary>
    public void EndAttempt()
    {
        var left = 0;
        for (var i = 0; i < Remaining; i++)
        {
            if (_outcomes[i].Status is DeliveryStatus.Delivered or DeliveryStatus.Final)
            {
                _sources[i].Chunk.Confirm(_sources[i].Index, _outcomes[i]);
            }
            else
            {
                _outgoing[left] = _outgoing[i];
                _sources[left++] = _sources[i];
            }
        }

        Remaining = left;
    }

    /// <summary>Gives all that is left the same final outcome.</summary>
    public void GiveUp(string reason) => _outcomes.AsSpan(0, Remaining).Fill(DeliveryOutcome.Final(reason));

    /// <summary>Lets go of the chunks: the arrays live as long as the sender, and would keep what they point to.</summary>
    public void Clear()
    {
        Array.Clear(_outgoing, 0, _taken);
        Array.Clear(_sources, 0, _taken);
        Chunks.Clear();
        Remaining = _taken = 0;
    }
}
