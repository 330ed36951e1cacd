namespace Telemetry.Events;

/// <summary>Whether an event was accepted, under which id, and else why not.</summary>
public readonly record struct PublishResult
{
    private PublishResult(Guid eventId, RefusalReason refusal)
    {
        EventId = eventId;
        Refusal = refusal;
    }

    /// <summary>Whether the publisher now answers for the event.</summary>
    public bool IsAccepted => Refusal == RefusalReason.None && EventId != Guid.Empty;

    /// <summary>The CloudEvents id of an accepted event; else empty.</summary>
    public Guid EventId { get; }

    /// <summary>Why it was refused; <see cref="RefusalReason.None"/> where it was accepted.</summary>
    public RefusalReason Refusal { get; }

    /// <summary>Accepted under this id.</summary>
    public static PublishResult Accepted(Guid eventId) => new(eventId, RefusalReason.None);

    /// <summary>Refused for this reason.</summary>
    public static PublishResult Refused(RefusalReason reason) => new(Guid.Empty, reason);

    /// <summary>A word for a log.</summary>
    public override string ToString() => IsAccepted ? $"accepted {EventId}" : $"refused: {Refusal}";
}
