using System.Text.Json.Serialization;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>Names of the members in the OpenAPI description.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QuotaDescriptions.CheckRequest))]
[JsonSerializable(typeof(QuotaDescriptions.CheckManyRequest))]
[JsonSerializable(typeof(QuotaDescriptions.ReserveRequest))]
[JsonSerializable(typeof(QuotaDescriptions.ReserveManyRequest))]
[JsonSerializable(typeof(QuotaDescriptions.SettleRequest))]
[JsonSerializable(typeof(QuotaDescriptions.ExtendRequest))]
[JsonSerializable(typeof(QuotaDescriptions.DecisionReply))]
[JsonSerializable(typeof(QuotaDescriptions.DecisionsReply))]
[JsonSerializable(typeof(QuotaDescriptions.ReservationReply))]
[JsonSerializable(typeof(QuotaDescriptions.ResultReply))]
[JsonSerializable(typeof(QuotaDescriptions.ResultsReply))]
[JsonSerializable(typeof(QuotaDescriptions.BalanceReply))]
[JsonSerializable(typeof(QuotaDescriptions.BalancesReply))]
internal sealed partial class QuotaDescriptionJson : JsonSerializerContext;
