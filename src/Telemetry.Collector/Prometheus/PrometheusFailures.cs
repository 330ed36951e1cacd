using System.Net;

namespace Telemetry.Collector.Prometheus;

/// <summary>Words for what can go wrong with a query. The address it is given must be masked already.</summary>
internal sealed class PrometheusFailures(string address, TimeSpan queryTimeout)
{
    private const int LongestQuote = 300;

    public PrometheusFailure Unreachable(Exception cause) => new(
        PrometheusFailureKind.Unreachable,
        $"Prometheus at {address} cannot be reached: {Quote(cause.Message)}. " +
        "Start it, or set PROMETHEUS_URL or Collector:Prometheus:Url to its address.");

    public PrometheusFailure TimedOut() => new(
        PrometheusFailureKind.TimedOut,
        $"Prometheus at {address} did not answer in time ({queryTimeout:c} a try). " +
        "Look at its load, or raise Collector:Prometheus:QueryTimeout.");

    public PrometheusFailure HttpStatus(HttpStatusCode status) => new(
        PrometheusFailureKind.HttpStatus,
        $"Prometheus at {address} answered HTTP {(int)status}. " + status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                "Put user and password into Collector:Prometheus:Url, or set Collector:Prometheus:BearerToken.",
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed =>
                "Set Collector:Prometheus:Url to the address that /api/v1/query follows, prefix included.",
            _ => "Look at its log, and at the proxies in front of it.",
        });

    public PrometheusFailure QueryError(string? type, string error) => new(
        PrometheusFailureKind.QueryError,
        $"Prometheus at {address} refused the query: {Quote($"{type}: {error}")}. Look at its log and its query limits.");

    public PrometheusFailure TooLarge() => new(
        PrometheusFailureKind.TooLarge,
        $"Prometheus at {address} has more in its answer than may be, even for a short time. " +
        "Raise Collector:Prometheus:MaxAnswerBytes, or Prometheus' --query.max-samples, or select fewer series in the metric catalog.");

    public PrometheusFailure Malformed(string detail) => new(
        PrometheusFailureKind.Malformed,
        $"What {address} answered is no query result: {Quote(detail)}. " +
        "Check that Collector:Prometheus:Url is the address of a Prometheus-compatible API.");

    public PrometheusFailure Incomplete(string warnings) => new(
        PrometheusFailureKind.Incomplete,
        $"Prometheus at {address} answered without part of the data: {Quote(warnings)}. Bring the missing member back.");

    private static string Quote(string text)
    {
        var quote = text.TrimEnd('.', ' ');
        return quote.Length <= LongestQuote ? quote : string.Concat(quote.AsSpan(0, LongestQuote), "…");
    }
}
