namespace Telemetry.Events.Analyzers.Model;

/// <summary>A type that is a field of an event, read from its declaration.</summary>
internal sealed record PayloadModel(TypeShape Shape, EquatableArray<EventField> Fields);
