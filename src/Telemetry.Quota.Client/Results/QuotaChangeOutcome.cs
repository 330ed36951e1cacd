namespace Telemetry.Quota.Client;

/// <summary>What became of a change of a lease.</summary>
public enum QuotaChangeOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The limit leaves no room for more.</summary>
    Denied,

    /// <summary>The lease is over: it was settled, released, or its time was up.</summary>
    Ended,

    /// <summary>There is no answer; whether it is done is unknown.</summary>
    Unavailable,
}
