namespace Telemetry.Collector.Api;

/// <summary>Runs, newest first.</summary>
/// <param name="Runs">At most as many as the limit.</param>
public sealed record RunListResponse(IReadOnlyList<RunResponse> Runs);
