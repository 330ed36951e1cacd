using System.Text.Json.Serialization;

namespace Telemetry.Collector.Completeness;

/// <summary>The body of <c>/v1/completeness</c>.</summary>
[JsonSerializable(typeof(CompletenessResponse))]
internal sealed partial class CompletenessJsonContext : JsonSerializerContext;
