namespace Telemetry.Quota.Client;

/// <summary>How a user stands with a resource.</summary>
/// <param name="User">The user.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Source">Where the limit was found: <c>user</c>, <c>tenant</c>, <c>plan:NAME</c>, <c>default</c> or <c>none</c>.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Overage">What was used in the period beyond the allowance and all grants.</param>
/// <param name="PeriodStart">The current period's start; null for a lifetime.</param>
/// <param name="PeriodEnd">The current period's end; null for a lifetime or a rolling period.</param>
public sealed record QuotaBalance(
    string User,
    string Resource,
    string Source,
    QuotaFigures Figures,
    decimal Overage,
    DateTimeOffset? PeriodStart,
    DateTimeOffset? PeriodEnd);
