using System.Text.Json.Serialization;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>The catalog as it is written; metrics.schema.json says what each member means.</summary>
internal sealed record MetricCatalogFile(
    [property: JsonPropertyName("$schema")] string? Schema,
    int? Version,
    IReadOnlyList<string?>? ReplicaLabels,
    IReadOnlyList<MetricCatalogFile.Target?>? Targets,
    IReadOnlyList<MetricCatalogFile.Metric?>? Metrics)
{
    internal sealed record Target(string? Name, string? Scope, IReadOnlyList<string?>? Find, IReadOnlyList<string?>? Labels);

    internal sealed record Metric(
        string? Name,
        string? Kind,
        string? Unit,
        string? IntegralUnit,
        bool? Optional,
        IReadOnlyList<string?>? Aggregations,
        IReadOnlyList<Source?>? Sources);

    internal sealed record Source(
        string? Target, IReadOnlyList<Term?>? Terms, double? Capacity, string? CapacityPer, bool? FromZero);

    internal sealed record Term(string? Select, double? Scale);
}
