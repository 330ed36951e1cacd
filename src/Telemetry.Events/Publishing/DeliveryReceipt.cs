namespace Telemetry.Events;

/// <summary>What finally became of one event.</summary>
/// <param name="EventId">Its CloudEvents id; empty where it was refused.</param>
/// <param name="IsDelivered">Whether the broker acknowledged it.</param>
/// <param name="Topic">Where it was sent.</param>
/// <param name="Partition">The partition, where delivered and known; else -1.</param>
/// <param name="Offset">The offset, where delivered and known; else -1.</param>
/// <param name="Reason">Null where delivered; else the refusal or the reason of the drop, in snake_case.</param>
public sealed record DeliveryReceipt(Guid EventId, bool IsDelivered, string Topic, int Partition, long Offset, string? Reason);
