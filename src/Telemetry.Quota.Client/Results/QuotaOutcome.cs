namespace Telemetry.Quota.Client;

/// <summary>What was answered.</summary>
public enum QuotaOutcome
{
    /// <summary>It may be spent.</summary>
    Granted,

    /// <summary>It may not: the limit is reached.</summary>
    Denied,

    /// <summary>The task has an active reservation of the resource already: extend that one.</summary>
    Conflict,

    /// <summary>There is no answer; the failure mode says what that means.</summary>
    Unavailable,
}
