using System.Text.Json;
using System.Text.Json.Serialization;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>Generated reading and writing of the documents: a member that is not known is a mistake, not ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(QuotaAmountJsonConverter)])]
[JsonSerializable(typeof(LimitsFileDocument))]
[JsonSerializable(typeof(LimitSetDocument))]
[JsonSerializable(typeof(LimitDocument))]
[JsonSerializable(typeof(GrantDocument))]
[JsonSerializable(typeof(LimitChange))]
[JsonSerializable(typeof(LimitEntryResponse))]
[JsonSerializable(typeof(PlanListResponse))]
[JsonSerializable(typeof(GrantListResponse))]
[JsonSerializable(typeof(ChangeListResponse))]
internal sealed partial class LimitJson : JsonSerializerContext
{
    public static JsonElement Element(LimitSet set) => JsonSerializer.SerializeToElement(Documents.LimitSetDocument.From(set), Default.LimitSetDocument);

    public static JsonElement Element(QuotaGrant grant) => JsonSerializer.SerializeToElement(Documents.GrantDocument.From(grant), Default.GrantDocument);
}
