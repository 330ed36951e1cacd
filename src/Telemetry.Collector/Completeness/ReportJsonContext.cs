using System.Text.Json.Serialization;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Completeness;

/// <summary>The payload of <c>telemetry.producer.report</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TelemetryProducerReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
