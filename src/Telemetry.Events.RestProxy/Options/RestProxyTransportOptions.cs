namespace Telemetry.Events.RestProxy;

/// <summary>
/// How events reach a Kafka REST proxy. Bound from the configuration section <c>TelemetryEvents:RestProxy</c>; code wins over
/// configuration, configuration over the environment. Checked at start-up.
/// </summary>
public sealed class RestProxyTransportOptions
{
    /// <summary>The configuration section: <c>TelemetryEvents:RestProxy</c>.</summary>
    public const string SectionName = "TelemetryEvents:RestProxy";

    /// <summary>The environment variable that is read where <see cref="Url"/> is not set: KAFKA_PROXY_URL.</summary>
    public const string UrlVariable = "KAFKA_PROXY_URL";

    /// <summary>
    /// The resilience pipeline of requests, of results <see cref="HttpResponseMessage"/>: <c>telemetry-events-rest-proxy</c>. One that a
    /// service registers under this name replaces the built-in one, its time-outs included.
    /// </summary>
    public const string PipelineName = "telemetry-events-rest-proxy";

    /// <summary>The client of IHttpClientFactory: <c>Telemetry.Events.RestProxy</c>.</summary>
    public const string HttpClientName = "Telemetry.Events.RestProxy";

    /// <summary>
    /// The proxy: <c>http(s)://[user:password@]host[:port][/prefix]</c>, user and password percent-encoded. Required. Default:
    /// KAFKA_PROXY_URL.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The proxy's interface. Default: found out by asking.</summary>
    public RestProxyDialect Dialect { get; set; }

    /// <summary>How events stand in a request. Default: binary, which keeps bytes and partitions equal to other transports.</summary>
    public RestProxyFormat Format { get; set; }

    /// <summary>
    /// The Kafka cluster's id, for Confluent v3 only. Default: the one cluster that <c>GET /v3/clusters</c> names. Confluent Cloud
    /// names none without it.
    /// </summary>
    public string? ClusterId { get; set; }

    /// <summary>The most records in a request. 1 to 10,000; default 500.</summary>
    public int MaxBatchRecords { get; set; } = 500;

    /// <summary>
    /// The most bytes of a request before compression; a single larger record is sent alone. Lowered by itself while the proxy
    /// answers 413. 16,384 to 100,000,000; default 2,000,000, which holds an event of 1,000,000 bytes in base64.
    /// </summary>
    public int MaxRequestBytes { get; set; } = 2_000_000;

    /// <summary>
    /// The most connections, and the most requests in flight. Events of one key never travel in two requests at once. Strimzi keeps
    /// a Kafka producer for each connection: stay low. 1 to 64; default 4.
    /// </summary>
    public int MaxConnections { get; set; } = 4;

    /// <summary>
    /// The HTTP version: 1.1 or 2.0. With 2.0, http:// needs a server that speaks it without negotiation; https:// falls back to
    /// 1.1. Default 1.1.
    /// </summary>
    public Version HttpVersion { get; set; } = System.Net.HttpVersion.Version11;

    /// <summary>Whether requests are compressed. Default: never.</summary>
    public RequestCompression Compression { get; set; }

    /// <summary>How long opening a connection may take, TLS included. 100 ms to 1 minute; default 3 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a request may take, from its first byte to the reply's last; whether its events are stored is unknown afterwards, and
    /// they are sent again under the same ids. Keep it below <see cref="TelemetryEventsOptions.ShutdownTimeout"/>. 100 ms to 10
    /// minutes; default 8 s.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The user of basic authentication. Default: the one in <see cref="Url"/>, else none.</summary>
    public string? UserName { get; set; }

    /// <summary>The password of <see cref="UserName"/>. A secret.</summary>
    public string? Password { get; set; }

    /// <summary>A bearer token that does not expire. A secret. Default: none.</summary>
    public string? BearerToken { get; set; }

    /// <summary>
    /// Gives the bearer token of each request; called before every request, so it should keep a token until that expires, as
    /// Azure.Identity's credentials do. May be called from several threads at once. Default: none.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? BearerTokenProvider { get; set; }

    /// <summary>
    /// Where the broker's name of a topic differs from the catalog's: the broker's by the catalog's. Default: none differs.
    /// </summary>
    public IDictionary<string, string> TopicNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
