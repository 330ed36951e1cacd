namespace Telemetry.Samples.AuditService;

/// <summary>May somebody do something?</summary>
/// <param name="ActorId">Who asks.</param>
/// <param name="Action">What is to be done, such as <c>read</c>.</param>
/// <param name="Resource">What it is to be done to, such as <c>/anna/plan</c>.</param>
internal sealed record AccessRequest(string ActorId, string Action, string Resource);
