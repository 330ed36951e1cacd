using Telemetry.Events;

namespace Telemetry.Samples.AuditService;

/// <summary>What was decided, and whether the audit trail has it.</summary>
/// <param name="Allowed">The policy's answer.</param>
/// <param name="Audited">Accepted once the event is on disk.</param>
internal readonly record struct AccessDecision(bool Allowed, PublishResult Audited);
