namespace Telemetry.Events.Publishing;

/// <summary>Where an event that is being sent stands.</summary>
internal readonly record struct EventSource(EventChunk Chunk, int Index);
