namespace Telemetry.Quota.Client;

/// <summary>What it means that the Quota Service does not answer.</summary>
public enum QuotaFailureMode
{
    /// <summary>Nothing may be spent: no credit beyond a limit, at the price of work that stands still.</summary>
    FailClosed,

    /// <summary>It may be spent: no work stands still, at the price of credits beyond a limit. They are counted by their usage events.</summary>
    FailOpen,
}
