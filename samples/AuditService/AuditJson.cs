using System.Text.Json.Serialization;
using Telemetry.Events.Catalog;

namespace Telemetry.Samples.AuditService;

/// <summary>Reads payloads as the SDK writes them, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PbacAccessCheckDeny))]
internal sealed partial class AuditJson : JsonSerializerContext;
