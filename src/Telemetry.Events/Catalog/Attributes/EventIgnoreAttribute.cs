namespace Telemetry.Events;

/// <summary>Leaves a public property out of the event's data.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EventIgnoreAttribute : Attribute;
