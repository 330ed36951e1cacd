using System.Text.Json.Serialization;

namespace Telemetry.Collector.DirectTopics.Api;

/// <summary>The bodies of this part of the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditListResponse))]
[JsonSerializable(typeof(IngestionResponse))]
[JsonSerializable(typeof(ReplayResult))]
internal sealed partial class DirectTopicsJsonContext : JsonSerializerContext;
