using System.Text.Json.Serialization;

namespace Telemetry.Collector.Api;

/// <summary>The bodies of the API.</summary>
[JsonSerializable(typeof(IndexResponse))]
[JsonSerializable(typeof(RunListResponse))]
[JsonSerializable(typeof(DeadLetterListResponse))]
[JsonSerializable(typeof(AggregateListResponse))]
[JsonSerializable(typeof(ExplainResponse))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
