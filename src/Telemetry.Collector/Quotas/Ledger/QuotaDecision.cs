using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Whether an amount may be spent now. It holds nothing.</summary>
/// <param name="IsGranted">Whether it may.</param>
/// <param name="IsOverLimit">It may although it goes beyond a soft limit.</param>
/// <param name="Available">What could be spent at most; <see cref="QuotaAmount"/>'s greatest value where there is no limit.</param>
/// <param name="Limit">The period's allowance and the grants' amounts that are effective; null for no limit.</param>
/// <param name="Used">Used in the current period.</param>
/// <param name="Reserved">Held by reservations.</param>
internal readonly record struct QuotaDecision(
    bool IsGranted, bool IsOverLimit, QuotaAmount Available, QuotaAmount? Limit, QuotaAmount Used, QuotaAmount Reserved);
