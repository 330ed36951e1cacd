using System.Text.Json;

namespace Telemetry.Events.Testing;

/// <summary>What stands in the envelope of an event.</summary>
internal readonly record struct EncodedPayload(Guid Id, string? Subject, string? PartitionKey, JsonElement Data);
