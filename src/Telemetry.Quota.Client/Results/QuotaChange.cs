namespace Telemetry.Quota.Client;

/// <summary>What became of a change of a lease.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Reason">A sentence, where it is not done; else null.</param>
public readonly record struct QuotaChange(QuotaChangeOutcome Outcome, string? Reason = null)
{
    /// <summary>Whether it is done.</summary>
    public bool IsDone => Outcome == QuotaChangeOutcome.Done;
}
