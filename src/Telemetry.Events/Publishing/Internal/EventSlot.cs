using Telemetry.Events.Envelope;

namespace Telemetry.Events.Publishing;

/// <summary>Where one event's record stands in its chunk, and what else makes up the event.</summary>
internal struct EventSlot
{
    public EnvelopePrefix Prefix;
    public TaskCompletionSource<DeliveryReceipt>? Confirmation;
    public Guid Id;
    public DateTime Time;
    public int Offset;
    public RecordLayout Layout;
}
