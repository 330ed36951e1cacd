namespace Telemetry.Collector.Prometheus;

/// <summary>Which Prometheus to ask, and how its samples are spaced. Bound from <c>Collector:Prometheus</c>.</summary>
public sealed class PrometheusOptions
{
    public const string SectionName = "Collector:Prometheus";

    /// <summary>
    /// Address that the API's path is appended to: <c>http(s)://[user:password@]host[:port][/prefix]</c>. Default: the
    /// setting <c>PROMETHEUS_URL</c>, else <c>http://127.0.0.1:9090</c>.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>Sent as <c>Authorization: Bearer</c>. Default none. Not together with a user in <see cref="Url"/>.</summary>
    public string? BearerToken { get; set; }

    /// <summary>
    /// How long one try of a query may take, 100 ms to 5 min. Default 10 s. A query with its retries and the reading of its
    /// answer takes at most three times as long.
    /// </summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many queries are under way at once, 1 to 256; the others wait. Default 8.</summary>
    public int MaxConcurrentQueries { get; set; } = 8;

    /// <summary>How many queries begin in a second, 1 to 100,000; the others wait. Default 1,000. Retries of a query are not counted.</summary>
    public int MaxQueriesPerSecond { get; set; } = 1000;

    /// <summary>
    /// The largest answer, uncompressed, 64 KiB to 1 GiB. Default 64 MiB. What is larger is asked for again in shorter parts.
    /// </summary>
    public long MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether answers are asked for compressed. Default: yes, unless <see cref="Url"/> is an address of this machine. Compression makes an
    /// answer a fraction as long, and is more than half of the processor time that a query takes in Prometheus.
    /// </summary>
    public bool? Compression { get; set; }

    /// <summary>
    /// The longest scrape interval among the nodes, as in Prometheus' own configuration; 100 ms to 10 min. Default 15 s.
    /// It decides how far around a window samples are looked for, and which hole between two samples is a gap.
    /// </summary>
    public TimeSpan ScrapeInterval { get; set; } = TimeSpan.FromSeconds(15);
}
