namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>Changes of limits.</summary>
/// <param name="Changes">Newest first.</param>
internal sealed record ChangeListResponse(IReadOnlyList<LimitChange> Changes);
