namespace Telemetry.Collector.Prometheus;

/// <summary>Why a query has no answer.</summary>
/// <param name="Kind">For metrics and decisions.</param>
/// <param name="Reason">For people: a sentence with the cause and the fix. Holds no password.</param>
public sealed record PrometheusFailure(PrometheusFailureKind Kind, string Reason);
