namespace Telemetry.Collector.Prometheus;

/// <summary>The body of <c>/api/v1/query</c>, as far as it is used here.</summary>
internal sealed record PrometheusReply(
    string? Status,
    PrometheusReply.QueryData? Data,
    string? ErrorType,
    string? Error,
    IReadOnlyList<string>? Warnings)
{
    internal sealed record QueryData(string? ResultType, IReadOnlyList<MatrixRow>? Result);

    internal sealed record MatrixRow(Dictionary<string, string>? Metric, IReadOnlyList<Sample>? Values);
}
