using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Quota.Client;

/// <summary>A balance, or why there is none.</summary>
/// <param name="Balance">The balance; null where there is no answer.</param>
/// <param name="Reason">A sentence that says why there is none; else null.</param>
public sealed record QuotaBalanceResult(QuotaBalance? Balance, string? Reason = null)
{
    /// <summary>Whether there is one.</summary>
    [MemberNotNullWhen(true, nameof(Balance))]
    public bool IsAvailable => Balance is not null;
}
