using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>Generated reading of <see cref="MetricCatalogFile"/>: a member that is not known is a mistake, not ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(MetricCatalogFile))]
internal sealed partial class MetricCatalogJson : JsonSerializerContext;
