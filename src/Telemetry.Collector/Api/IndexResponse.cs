namespace Telemetry.Collector.Api;

/// <summary>Where to look.</summary>
public sealed record IndexResponse(
    string Runs, string Aggregates, string DeadLetters, string Completeness, string Openapi, string Metrics, string Live, string Ready);
