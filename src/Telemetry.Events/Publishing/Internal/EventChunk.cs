using System.Diagnostics;
using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Records of events side by side in one block of bytes: what is handed from the publishing threads to the sender.
/// </summary>
/// <remarks>
/// It has one owner at a time: the stripe that fills it (under the stripe's lock), the lane's queue (under the lane's lock), the
/// sender, and at last the lane's pool. The lane rents and returns it; nobody else does.
/// </remarks>
internal sealed class EventChunk(int byteCapacity, int eventCapacity)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(byteCapacity);
    private readonly EventSlot[] _slots = new EventSlot[eventCapacity];

    // Records are shorter than their events, so that the block is never full before the room is.
    private int _room = byteCapacity;
    private int _used;
    private bool _hasConfirmations;

    /// <summary>Bytes of composed events that it takes.</summary>
    public int ByteCapacity { get; } = byteCapacity;

    public int EventCapacity => eventCapacity;

    public int Count { get; private set; }

    /// <summary>The first event's sequence; the others follow without gaps. Set when the chunk is sealed.</summary>
    public long FirstSequence { get; set; }

    /// <summary>Events that are not settled yet. The sender's, while it has the chunk.</summary>
    public int Unsettled { get; set; }

    public bool IsFull => Count == eventCapacity;

    public ref readonly EventSlot this[int index] => ref _slots[index];

    public bool Fits(int eventLength) => Count < eventCapacity && eventLength <= _room;

    public void Append(in EventRecord record, int length, TaskCompletionSource<DeliveryReceipt>? confirmation)
    {
        Debug.Assert(Fits(length), "The stripe asks before it appends.");
        record.Bytes.CopyTo(_bytes.AsSpan(_used));
        ref var slot = ref _slots[Count++];
        // Writing a reference costs more than asking. An empty slot has no confirmation, and mostly this very prefix.
        if (!ReferenceEquals(slot.Prefix, record.Prefix))
            slot.Prefix = record.Prefix;
        if (confirmation is not null)
        {
            slot.Confirmation = confirmation;
            _hasConfirmations = true;
        }

        slot.Id = record.Id;
        slot.Time = record.Time;
        slot.Offset = _used;
        record.Layout.CopyTo(ref slot.Layout);
        _used += record.Bytes.Length;
        _room -= length;
    }

    /// <summary>The event's record; a view into the chunk.</summary>
    public EventRecord Record(int index)
    {
        ref readonly var slot = ref _slots[index];
        return new EventRecord
        {
            Prefix = slot.Prefix,
            Id = slot.Id,
            Time = slot.Time,
            Bytes = _bytes.AsSpan(slot.Offset, slot.Layout.Length),
            Layout = slot.Layout,
        };
    }

    /// <summary>The traceparent's 55 characters, or nothing.</summary>
    public ReadOnlySpan<byte> TraceParent(int index)
    {
        var record = Record(index);
        return record.Bytes[..record.Layout.TraceParentEnd];
    }

    public void Confirm(int index, in DeliveryOutcome outcome)
    {
        if (!_hasConfirmations)
            return;
        ref readonly var slot = ref _slots[index];
        slot.Confirmation?.TrySetResult(new DeliveryReceipt(
            slot.Id, outcome.Status == DeliveryStatus.Delivered, slot.Prefix.Descriptor.Topic, outcome.Partition, outcome.Offset, outcome.Reason));
    }

    /// <summary>Makes it fit for its next use, and lets go of what its events held, but for their kinds: see <see cref="Append"/>.</summary>
    public void Reset()
    {
        for (var i = 0; _hasConfirmations && i < Count; i++)
            _slots[i].Confirmation = null;
        _hasConfirmations = false;
        Count = 0;
        _used = 0;
        _room = ByteCapacity;
        FirstSequence = 0;
    }
}
