namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>A user's grants of a resource.</summary>
/// <param name="Grants">In the order in which they are used; ended ones among them.</param>
internal sealed record GrantListResponse(IReadOnlyList<GrantDocument> Grants);
