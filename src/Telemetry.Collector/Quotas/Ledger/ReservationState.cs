namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Where a reservation stands.</summary>
internal enum ReservationState
{
    /// <summary>It holds what its task has not used yet, until it expires.</summary>
    Active,

    /// <summary>The actual amount is known; it holds what has not come as usage events yet, for a grace.</summary>
    Settled,

    /// <summary>It was given back.</summary>
    Released,
}
