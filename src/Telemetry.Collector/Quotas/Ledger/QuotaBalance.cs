using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>How a user stands with a resource.</summary>
/// <param name="User">The user.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Policy">What applies.</param>
/// <param name="PeriodStart">The current period's start; null for a lifetime.</param>
/// <param name="PeriodEnd">The current period's end; null for a lifetime or a rolling period.</param>
/// <param name="Decision">Used, reserved and available, for an amount of zero.</param>
/// <param name="Overage">What was used in the period beyond the allowance and all grants.</param>
/// <param name="Grants">What is left of each grant that is effective.</param>
/// <param name="HeldBy">Reservations that hold something.</param>
internal sealed record QuotaBalance(
    string User,
    string Resource,
    QuotaPolicy Policy,
    DateTimeOffset? PeriodStart,
    DateTimeOffset? PeriodEnd,
    QuotaDecision Decision,
    QuotaAmount Overage,
    IReadOnlyList<GrantBalance> Grants,
    IReadOnlyList<HeldAmount> HeldBy);
