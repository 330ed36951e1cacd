namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Whether there is an answer.</summary>
internal enum QuotaStatus
{
    /// <summary>There is.</summary>
    Ok,

    /// <summary>The user is not in memory, and the store does not answer. Try again.</summary>
    StoreUnavailable,

    /// <summary>The reservation could not be written to the state log. Try again with the same idempotency key.</summary>
    LogUnavailable,

    /// <summary>The state log is being replayed, or the stream is not read yet. Try again.</summary>
    Starting,

    /// <summary>Another instance owns the user.</summary>
    NotOwned,

    /// <summary>No such resource.</summary>
    UnknownResource,

    /// <summary>No such reservation.</summary>
    UnknownReservation,

    /// <summary>The task has an active reservation of the resource, or the reservation has ended; the explanation says which.</summary>
    Conflict,
}
