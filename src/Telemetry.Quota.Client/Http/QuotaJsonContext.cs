using System.Text.Json.Serialization;

namespace Telemetry.Quota.Client;

/// <summary>Generated reading and writing; members that are not known are new, and read over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QuotaRequests.Check))]
[JsonSerializable(typeof(QuotaRequests.Reserve))]
[JsonSerializable(typeof(QuotaRequests.Settle))]
[JsonSerializable(typeof(QuotaRequests.Extend))]
[JsonSerializable(typeof(QuotaReply))]
internal sealed partial class QuotaJsonContext : JsonSerializerContext;
