namespace Telemetry.Events.Testing;

/// <summary>A reservation that <see cref="InMemoryQuota"/> granted, as it stands now.</summary>
public sealed class InMemoryReservation
{
    internal InMemoryReservation(string id, string user, string resource, string task, decimal amount) =>
        (Id, User, Resource, Task, Amount) = (id, user, resource, task, amount);

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Who pays.</summary>
    public string User { get; }

    /// <summary>What of.</summary>
    public string Resource { get; }

    /// <summary>The task.</summary>
    public string Task { get; }

    /// <summary>The credits: what was reserved, or what it was settled with.</summary>
    public decimal Amount { get; internal set; }

    /// <summary>How long it was asked for.</summary>
    public TimeSpan TimeToLive { get; internal set; }

    /// <summary>Where it stands.</summary>
    public InMemoryReservationState State { get; internal set; }

    internal DateTimeOffset ExpiresAt => DateTimeOffset.UnixEpoch + TimeToLive;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Task}: {Amount} {Resource} of {User}, {State}");
}
