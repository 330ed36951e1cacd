using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Telemetry.Events.RestProxy;

/// <summary>The parts of one transport, put together in the one place that knows them all.</summary>
internal sealed class RestProxyParts : IDisposable
{
    private readonly HttpClient _http;
    private readonly ProxyConnections _connections;
    private readonly ExchangePool _exchanges;
    private readonly RestProxyMetrics _metrics;

    public RestProxyParts(
        RestProxyTransportOptions options,
        HttpClient http,
        ResiliencePipeline<HttpResponseMessage> pipeline,
        CircuitBreakerStateProvider circuit,
        ProxyConnections connections,
        IMeterFactory? meters,
        TimeProvider time,
        ILogger logger)
    {
        // Options are validated before anything is built from them.
        Url = RestProxyUrl.TryParse(options.Url, out var url, out var error) ? url : throw new FormatException(error);
        _http = http;
        _connections = connections;
        _exchanges = new ExchangePool(options.MaxConnections, options.MaxRequestBytes * 2);
        _metrics = new RestProxyMetrics(meters, circuit, () => connections.Count);
        Credentials = new ProxyCredentials(options, Url);
        Client = new ProxyClient(http, pipeline, Credentials, options, new RetryAfterGate(time), _metrics, time, logger);
        Probe = new DialectProbe(Client, options, Url);
        Endpoints = new EndpointSource(Probe, Url.Base, logger);
        Limits = new RequestLimits(options, logger);
        Sender = new LaneSender(
            Client, _exchanges, new ReplyJudge(Limits, Endpoints, _metrics, logger), Limits, options.TopicNames.AsReadOnly(), _metrics);
    }

    public RestProxyUrl Url { get; }

    public ProxyCredentials Credentials { get; }

    public ProxyClient Client { get; }

    public DialectProbe Probe { get; }

    public EndpointSource Endpoints { get; }

    public RequestLimits Limits { get; }

    public LaneSender Sender { get; }

    public void Dispose()
    {
        _http.Dispose();
        _connections.CloseAll();
        _exchanges.Dispose();
        Endpoints.Dispose();
        _metrics.Dispose();
    }
}
