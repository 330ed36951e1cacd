using System.Diagnostics;
using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>The meter <c>Telemetry.Events.RestProxy</c>. Names and attributes are a contract: docs/restproxy.md.</summary>
internal sealed class RestProxyMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Events.RestProxy";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _records;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _splits;
    private readonly Histogram<double> _duration;

    public RestProxyMetrics(IMeterFactory? meters, CircuitBreakerStateProvider circuit, Func<int> openConnections)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _requests = _meter.CreateCounter<long>("telemetry.events.rest_proxy.requests", "{request}", "Requests, by status or by what went wrong.");
        _records = _meter.CreateCounter<long>("telemetry.events.rest_proxy.records", "{record}", "Records that a request was tried for, by outcome.");
        _retries = _meter.CreateCounter<long>("telemetry.events.rest_proxy.retries", "{request}", "Requests that the pipeline repeated.");
        _splits = _meter.CreateCounter<long>("telemetry.events.rest_proxy.splits", "{request}", "Requests that were refused for their content and sent again in halves.");
        _duration = _meter.CreateHistogram<double>("telemetry.events.rest_proxy.request.duration", "s", "From a request's start to its reply's last byte.");
        _meter.CreateObservableGauge(
            "telemetry.events.rest_proxy.circuit.state",
            () => (int)circuit.CircuitState,
            description: "0 closed, 1 open, 2 half open, 3 isolated.");
        _meter.CreateObservableGauge(
            "telemetry.events.rest_proxy.connections", openConnections, "{connection}", "Connections to the proxy that are open.");
    }

    public void CountRetry() => _retries.Add(1);

    public void CountSplit() => _splits.Add(1);

    public void RecordRequest(TimeSpan duration, int status, string? error)
    {
        if (!_requests.Enabled && !_duration.Enabled)
            return;
        var tags = default(TagList);
        if (status > 0)
            tags.Add("http.response.status_code", status);
        if (error is not null)
            tags.Add("error.type", error);
        _requests.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void RecordOutcomes(ReadOnlySpan<int> positions, ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        if (!_records.Enabled)
            return;
        Span<int> counts = stackalloc int[4];
        foreach (var position in positions)
            counts[(int)outcomes[position].Status]++;
        Count(counts[(int)DeliveryStatus.Unknown], "unknown");
        Count(counts[(int)DeliveryStatus.Delivered], "delivered");
        Count(counts[(int)DeliveryStatus.Retriable], "retriable");
        Count(counts[(int)DeliveryStatus.Final], "final");
    }

    public void Dispose() => _meter.Dispose();

    private void Count(int records, string outcome)
    {
        if (records > 0)
            _records.Add(records, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
