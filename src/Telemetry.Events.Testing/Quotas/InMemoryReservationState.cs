namespace Telemetry.Events.Testing;

/// <summary>Where a reservation of <see cref="InMemoryQuota"/> stands.</summary>
public enum InMemoryReservationState
{
    /// <summary>It holds its credits.</summary>
    Active,

    /// <summary>It was settled.</summary>
    Settled,

    /// <summary>It was given back, by a call or because its lease was disposed.</summary>
    Released,
}
