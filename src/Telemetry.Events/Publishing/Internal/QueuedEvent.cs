using Telemetry.Events.Envelope;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>An accepted event, until it is settled.</summary>
internal readonly record struct QueuedEvent(
    string Topic, EncodedEvent Encoded, long Sequence, TaskCompletionSource<DeliveryReceipt>? Confirmation)
{
    public OutgoingEvent ToOutgoing() => new(Encoded.Id, Topic, Encoded.Key, Encoded.Body);

    public void Confirm(in DeliveryOutcome outcome) => Confirmation?.TrySetResult(new DeliveryReceipt(
        Encoded.Id, outcome.Status == DeliveryStatus.Delivered, Topic, outcome.Partition, outcome.Offset, outcome.Reason));

    public void GiveUp(string reason) => Confirm(DeliveryOutcome.Final(reason));
}
