namespace Telemetry.Collector.Quotas.Model;

/// <summary>A grant with its edges in Unix milliseconds.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="From">Its first millisecond.</param>
/// <param name="Until">The millisecond behind its last.</param>
internal sealed record PlannedGrant(QuotaGrant Grant, long From, long Until)
{
    /// <summary>Whether it is used before the period's allowance, which has the priority 0.</summary>
    public bool IsBeforeAllowance => Grant.Priority < 0;

    public bool IsEffective(long time) => time >= From && time < Until;
}
