namespace Telemetry.Collector.Quotas.Model;

/// <summary>What is left after usage.</summary>
/// <param name="Used">Used in the current period.</param>
/// <param name="Allowance">Left of the period's allowance; more than the limit where corrections outweigh usage.</param>
/// <param name="Grants">Left of the grants that are effective now.</param>
/// <param name="Limit">The allowance and those grants as they were given.</param>
/// <param name="Overage">Used in the current period beyond all of them.</param>
internal readonly record struct BurnDownResult(
    QuotaAmount Used, QuotaAmount Allowance, QuotaAmount Grants, QuotaAmount Limit, QuotaAmount Overage)
{
    public QuotaAmount Remaining => Allowance + Grants;
}
