namespace Telemetry.Events.Transport;

/// <summary>The outcome of one attempt to deliver one event.</summary>
public readonly record struct DeliveryOutcome
{
    private DeliveryOutcome(DeliveryStatus status, int partition, long offset, string? reason)
    {
        Status = status;
        Partition = partition;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>What became of it.</summary>
    public DeliveryStatus Status { get; }

    /// <summary>The partition, where delivered and known; else -1.</summary>
    public int Partition { get; }

    /// <summary>The offset, where delivered and known; else -1.</summary>
    public long Offset { get; }

    /// <summary>
    /// A short code in snake_case, such as <c>unknown_topic</c>; one of few, since it becomes an attribute of a metric. Null
    /// where delivered.
    /// </summary>
    public string? Reason { get; }

    /// <summary>The broker acknowledged the event.</summary>
    public static DeliveryOutcome Delivered(int partition = -1, long offset = -1) =>
        new(DeliveryStatus.Delivered, partition, offset, null);

    /// <summary>Not stored; a later attempt may succeed.</summary>
    public static DeliveryOutcome Retriable(string reason) => new(DeliveryStatus.Retriable, -1, -1, reason);

    /// <summary>Not stored; no later attempt can succeed.</summary>
    public static DeliveryOutcome Final(string reason) => new(DeliveryStatus.Final, -1, -1, reason);

    /// <summary>It may or may not be stored.</summary>
    public static DeliveryOutcome Unknown(string reason) => new(DeliveryStatus.Unknown, -1, -1, reason);
}
