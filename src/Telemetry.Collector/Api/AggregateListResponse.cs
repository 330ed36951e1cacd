namespace Telemetry.Collector.Api;

/// <summary>Sums over runs.</summary>
/// <param name="Aggregates">In order of their keys.</param>
public sealed record AggregateListResponse(IReadOnlyList<AggregateResponse> Aggregates);
