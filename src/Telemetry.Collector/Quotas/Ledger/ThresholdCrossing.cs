using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A user has used so much of a limit.</summary>
/// <param name="User">The user.</param>
/// <param name="Tenant">The user's tenant; null where it is not known.</param>
/// <param name="Resource">The resource.</param>
/// <param name="PeriodStart">The period's start, of a rolling one the window's; null for a lifetime.</param>
/// <param name="Threshold">The threshold, in percent of the allowance.</param>
/// <param name="Used">Used in the period.</param>
/// <param name="Limit">The period's allowance.</param>
internal readonly record struct ThresholdCrossing(
    string User, string? Tenant, string Resource, DateTimeOffset? PeriodStart, int Threshold, QuotaAmount Used, QuotaAmount Limit);
