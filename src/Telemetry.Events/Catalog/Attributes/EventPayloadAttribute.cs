namespace Telemetry.Events;

/// <summary>
/// Lets a partial record, class or struct be a field of an event, or the element of a list in one: the source generator adds
/// a <c>WriteData</c> to it. Its members follow the rules of <see cref="TelemetryEventAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EventPayloadAttribute : Attribute;
