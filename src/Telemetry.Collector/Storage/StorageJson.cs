using System.Text.Json.Serialization;
using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Storage;

/// <summary>What stores keep as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MeasurementExplanation))]
internal sealed partial class StorageJson : JsonSerializerContext;
