namespace Telemetry.Collector.Quotas.Model;

/// <summary>Credits beyond a limit's allowance, for one user and resource. The allowance itself has priority 0.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Amount">How much; more than zero.</param>
/// <param name="Priority">What is used first: the lower, then what expires earlier, then the lower id (ordinal).</param>
/// <param name="EffectiveFrom">Usage from here on may be taken from it.</param>
/// <param name="ExpiresAt">Usage before this may be taken from it; null for no end.</param>
internal sealed record QuotaGrant(string Id, QuotaAmount Amount, int Priority, DateTimeOffset EffectiveFrom, DateTimeOffset? ExpiresAt);
