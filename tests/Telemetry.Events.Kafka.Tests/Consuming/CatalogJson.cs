using System.Text.Json.Serialization;
using Telemetry.Events.Catalog;

namespace Telemetry.Events.Kafka.Tests.Consuming;

/// <summary>What a service writes once to read typed events without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PbacAccessCheckDeny))]
[JsonSerializable(typeof(WeightsLoadStart))]
internal sealed partial class CatalogJson : JsonSerializerContext;
