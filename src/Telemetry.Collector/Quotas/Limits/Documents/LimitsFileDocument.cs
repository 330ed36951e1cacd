using System.Text.Json.Serialization;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>The limits file as it is written; quota-limits.schema.json says what each member means.</summary>
internal sealed record LimitsFileDocument(
    [property: JsonPropertyName("$schema")] string? Schema,
    int? Version,
    string? DefaultPlan,
    IReadOnlyDictionary<string, LimitSetDocument?>? Plans,
    IReadOnlyDictionary<string, LimitSetDocument?>? Tenants,
    IReadOnlyDictionary<string, LimitSetDocument?>? Users);
