using System.Diagnostics;
using System.Globalization;
using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Events side by side in one block of bytes: what is handed from the publishing threads to the sender.
/// </summary>
/// <remarks>
/// It has one owner at a time: the stripe that fills it (under the stripe's lock), the lane's queue (under the lane's lock), the
/// sender, and at last the lane's pool. The lane rents and returns it; nobody else does.
/// </remarks>
internal sealed class EventChunk(int byteCapacity, int eventCapacity)
{
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(byteCapacity);
    private readonly EventSlot[] _slots = new EventSlot[eventCapacity];
    private int _used;

    public int ByteCapacity => byteCapacity;

    public int EventCapacity => eventCapacity;

    public int Count { get; private set; }

    /// <summary>The first event's sequence; the others follow without gaps. Set when the chunk is sealed.</summary>
    public long FirstSequence { get; set; }

    /// <summary>Events that are not settled yet. The sender's, while it has the chunk.</summary>
    public int Unsettled { get; set; }

    public bool IsFull => Count == eventCapacity;

    public ref EventSlot this[int index] => ref _slots[index];

    public bool Fits(int size) => Count < eventCapacity && size <= byteCapacity - _used;

    public void Append(EventDescriptor descriptor, in EncodedEvent encoded, TaskCompletionSource<DeliveryReceipt>? confirmation)
    {
        Debug.Assert(Fits(encoded.Bytes.Length), "The stripe asks before it appends.");
        encoded.Bytes.CopyTo(_bytes.AsSpan(_used));
        ref var slot = ref _slots[Count++];
        slot.Descriptor = descriptor;
        // Null in an empty slot; writing a reference costs more than asking.
        if (confirmation is not null)
            slot.Confirmation = confirmation;
        slot.Id = encoded.Id;
        slot.Time = encoded.Time;
        slot.Offset = _used;
        slot.BodyLength = encoded.BodyLength;
        slot.KeyLength = encoded.Key.Length;
        slot.SequenceOffset = encoded.SequenceOffset;
        slot.TraceOffset = encoded.TraceOffset;
        _used += encoded.Bytes.Length;
    }

    /// <summary>Writes the sequences into the bodies. The sender calls it once, before a transport sees them.</summary>
    public void WriteSequences()
    {
        Span<byte> digits = stackalloc byte[EncodedEvent.SequenceDigits];
        FirstSequence.TryFormat(digits, out _, "D20", CultureInfo.InvariantCulture);
        foreach (ref readonly var slot in _slots.AsSpan(0, Count))
        {
            digits.CopyTo(_bytes.AsSpan(slot.Offset + slot.SequenceOffset));
            Increment(digits);
        }
    }

    public OutgoingEvent Outgoing(int index)
    {
        ref var slot = ref _slots[index];
        return new OutgoingEvent(
            slot.Id,
            slot.Descriptor.Topic,
            _bytes.AsMemory(slot.Offset + slot.BodyLength, slot.KeyLength),
            _bytes.AsMemory(slot.Offset, slot.BodyLength));
    }

    /// <summary>The traceparent's 55 characters, or nothing.</summary>
    public ReadOnlySpan<byte> TraceParent(int index)
    {
        ref var slot = ref _slots[index];
        return slot.TraceOffset == 0 ? default : _bytes.AsSpan(slot.Offset + slot.TraceOffset, 55);
    }

    public void Confirm(int index, in DeliveryOutcome outcome)
    {
        ref var slot = ref _slots[index];
        slot.Confirmation?.TrySetResult(new DeliveryReceipt(
            slot.Id, outcome.Status == DeliveryStatus.Delivered, slot.Descriptor.Topic, outcome.Partition, outcome.Offset, outcome.Reason));
    }

    // Nine times in ten one digit changes: a division for each digit of each event would be most of the sender's work.
    private static void Increment(Span<byte> digits)
    {
        var last = digits.Length - 1;
        while (digits[last] == (byte)'9')
            digits[last--] = (byte)'0';
        digits[last]++;
    }

    /// <summary>Makes it fit for its next use, and lets go of what its events held.</summary>
    public void Reset()
    {
        Array.Clear(_slots, 0, Count);
        Count = 0;
        _used = 0;
        FirstSequence = 0;
    }
}
