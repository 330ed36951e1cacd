namespace Telemetry.Events.Catalog;

/// <summary>An access was checked and allowed.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="Action">What was to be done, such as <c>read</c>.</param>
/// <param name="Resource">What it was to be done to; subject and partition key.</param>
/// <param name="PolicyId">The policy that decided; null where none matched.</param>
/// <param name="Reason">Why, in words.</param>
[TelemetryEvent("pbac.access.check.allow", Topic = "pbac_access", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacAccessCheckAllow(
    string ActorId,
    string Action,
    [EventSubject] string Resource,
    string? PolicyId,
    string? Reason = null);

/// <summary>An access was checked and denied.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="Action">What was to be done, such as <c>read</c>.</param>
/// <param name="Resource">What it was to be done to; subject and partition key.</param>
/// <param name="PolicyId">The policy that decided; null where none matched.</param>
/// <param name="Reason">Why, in words.</param>
[TelemetryEvent("pbac.access.check.deny", Topic = "pbac_access", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacAccessCheckDeny(
    string ActorId,
    string Action,
    [EventSubject] string Resource,
    string? PolicyId,
    string? Reason = null);

/// <summary>A policy was created.</summary>
/// <param name="ActorId">Who changed it.</param>
/// <param name="PolicyId">The policy; subject and partition key.</param>
/// <param name="Version">The policy's version after the change.</param>
/// <param name="Diff">What changed, as the policy store words it.</param>
[TelemetryEvent("pbac.policy.change.create", Topic = "pbac_politics", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacPolicyChangeCreate(
    string ActorId,
    [EventSubject] string PolicyId,
    string Version,
    string? Diff = null);

/// <summary>A policy was changed.</summary>
/// <param name="ActorId">Who changed it.</param>
/// <param name="PolicyId">The policy; subject and partition key.</param>
/// <param name="Version">The policy's version after the change.</param>
/// <param name="Diff">What changed, as the policy store words it.</param>
[TelemetryEvent("pbac.policy.change.update", Topic = "pbac_politics", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacPolicyChangeUpdate(
    string ActorId,
    [EventSubject] string PolicyId,
    string Version,
    string? Diff = null);

/// <summary>A policy was deleted.</summary>
/// <param name="ActorId">Who changed it.</param>
/// <param name="PolicyId">The policy; subject and partition key.</param>
/// <param name="Version">The policy's version after the change.</param>
/// <param name="Diff">What changed, as the policy store words it.</param>
[TelemetryEvent("pbac.policy.change.delete", Topic = "pbac_politics", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacPolicyChangeDelete(
    string ActorId,
    [EventSubject] string PolicyId,
    string Version,
    string? Diff = null);

/// <summary>The access service was updated.</summary>
/// <param name="Instance">The instance of the service; subject and partition key.</param>
/// <param name="Version">The version, of the service or of its policies, after this.</param>
/// <param name="Detail">More, in words.</param>
[TelemetryEvent("pbac.service.update", Topic = "pbac_service", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacServiceUpdate(
    [EventSubject] string Instance,
    string Version,
    string? Detail = null);

/// <summary>The access service loaded its policies.</summary>
/// <param name="Instance">The instance of the service; subject and partition key.</param>
/// <param name="Version">The version, of the service or of its policies, after this.</param>
/// <param name="Detail">More, in words.</param>
[TelemetryEvent("pbac.service.load", Topic = "pbac_service", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacServiceLoad(
    [EventSubject] string Instance,
    string Version,
    string? Detail = null);

/// <summary>The access service took up changed policies.</summary>
/// <param name="Instance">The instance of the service; subject and partition key.</param>
/// <param name="Version">The version, of the service or of its policies, after this.</param>
/// <param name="Detail">More, in words.</param>
[TelemetryEvent("pbac.service.change.policies", Topic = "pbac_service", Delivery = DeliveryClass.Audit)]
public readonly partial record struct PbacServiceChangePolicies(
    [EventSubject] string Instance,
    string Version,
    string? Detail = null);
