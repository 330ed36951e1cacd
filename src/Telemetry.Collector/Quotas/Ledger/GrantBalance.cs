using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What is left of a grant.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Remaining">What usage has not taken yet.</param>
internal readonly record struct GrantBalance(QuotaGrant Grant, QuotaAmount Remaining);
