namespace Telemetry.Collector.Quotas.Model;

/// <summary>What applies to one user and resource.</summary>
/// <param name="Limit">The limit; null where none is set.</param>
/// <param name="Grants">The user's grants for the resource, expired ones among them.</param>
/// <param name="Version">Another number means another policy. Only grows.</param>
/// <param name="Source">Where the limit was found, for the answer: <c>user</c>, <c>tenant</c>, <c>plan:NAME</c>, <c>default</c>, <c>none</c>.</param>
internal sealed record QuotaPolicy(QuotaLimit? Limit, IReadOnlyList<QuotaGrant> Grants, long Version, string Source);
