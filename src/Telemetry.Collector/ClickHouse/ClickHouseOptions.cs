namespace Telemetry.Collector.ClickHouse;

/// <summary>Which ClickHouse the Collector uses. Configuration section <c>Collector:ClickHouse</c>; checked at start-up.</summary>
public sealed class ClickHouseOptions
{
    public const string SectionName = "Collector:ClickHouse";

    /// <summary>The environment variable that gives <see cref="Url"/> where configuration does not.</summary>
    public const string UrlVariable = "CLICKHOUSE_URL";

    /// <summary>
    /// <c>http(s)://[user:password@]host[:port]</c>, user and password percent-encoded. A secret. Default: environment variable
    /// CLICKHOUSE_URL; where that is not set either, the Collector does without ClickHouse.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The database of all the Collector's tables. Letters, digits and underscores; default <c>telemetry</c>.</summary>
    public string Database { get; set; } = "telemetry";

    /// <summary>How long one statement may take. 1 s to 1 hour; default 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The cluster that tables are made on (<c>ON CLUSTER</c>, with Replicated engines). Default: none, a single server.
    /// </summary>
    public string? Cluster { get; set; }

    internal bool IsConfigured => !string.IsNullOrWhiteSpace(Url);
}
