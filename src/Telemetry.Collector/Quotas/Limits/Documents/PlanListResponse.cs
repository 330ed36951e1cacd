namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>Plans.</summary>
/// <param name="Plans">By name.</param>
internal sealed record PlanListResponse(IReadOnlyList<LimitEntryResponse> Plans);
