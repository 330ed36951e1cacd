namespace Telemetry.Quota.Client;

/// <summary>What was answered to a check.</summary>
public sealed record QuotaCheck
{
    /// <summary>What was answered: granted, denied or unavailable.</summary>
    public required QuotaOutcome Outcome { get; init; }

    /// <summary>Whether it may be spent: it is granted, or there is no answer and the failure mode is <see cref="QuotaFailureMode.FailOpen"/>.</summary>
    public required bool MayProceed { get; init; }

    /// <summary>Whether it may although it goes beyond a soft limit.</summary>
    public bool IsOverLimit { get; init; }

    /// <summary>How the user stands; null where there is no answer.</summary>
    public QuotaFigures? Figures { get; init; }

    /// <summary>A sentence that says why it was not granted; null where it was.</summary>
    public string? Reason { get; init; }
}
