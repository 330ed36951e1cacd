namespace Telemetry.Events.Publishing;

/// <summary>Where one event stands in its chunk, and what the sender needs to know of it.</summary>
internal struct EventSlot
{
    public EventDescriptor Descriptor;
    public TaskCompletionSource<DeliveryReceipt>? Confirmation;
    public Guid Id;
    public DateTime Time;
    public int Offset;
    public int BodyLength;
    public int KeyLength;
    public int SequenceOffset;
    public int TraceOffset;
}
