using Telemetry.Collector.DirectTopics.Audit;

namespace Telemetry.Collector.DirectTopics.Api;

/// <summary>Audit events, newest first.</summary>
/// <param name="Events">At most as many as the limit.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null at the end.</param>
internal sealed record AuditListResponse(IReadOnlyList<AuditRecord> Events, string? Next);
