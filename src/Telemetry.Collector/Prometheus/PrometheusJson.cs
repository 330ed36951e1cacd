using System.Text.Json.Serialization;

namespace Telemetry.Collector.Prometheus;

/// <summary>Generated reading of <see cref="PrometheusReply"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(SampleJsonConverter)])]
[JsonSerializable(typeof(PrometheusReply))]
internal sealed partial class PrometheusJson : JsonSerializerContext;
