namespace Telemetry.Quota.Client;

/// <summary>
/// How the Quota Service is reached. Bound from the configuration section <c>TelemetryQuota</c>; code wins over configuration,
/// configuration over the environment. Checked at start-up.
/// </summary>
public sealed class TelemetryQuotaOptions
{
    /// <summary>The configuration section: <c>TelemetryQuota</c>.</summary>
    public const string SectionName = "TelemetryQuota";

    /// <summary>The environment variable that is read where <see cref="BaseAddress"/> is not set: QUOTA_URL.</summary>
    public const string UrlVariable = "QUOTA_URL";

    /// <summary>
    /// The resilience pipeline of requests, of results <see cref="HttpResponseMessage"/>: <c>telemetry-quota</c>. One that a service
    /// registers under this name replaces the built-in one, its retries and time-outs included.
    /// </summary>
    public const string PipelineName = "telemetry-quota";

    /// <summary>The client of IHttpClientFactory: <c>Telemetry.Quota.Client</c>.</summary>
    public const string HttpClientName = "Telemetry.Quota.Client";

    /// <summary>The Collector: <c>http(s)://host[:port][/prefix]</c>. Required. Default: QUOTA_URL.</summary>
    public string? BaseAddress { get; set; }

    /// <summary>The API key, sent as a bearer token. A secret. Default none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What it means that the service does not answer. Required: there is no right one for everybody.</summary>
    public QuotaFailureMode? FailureMode { get; set; }

    /// <summary>How long one try may take. 10 ms to 1 minute; default 2 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a call may take, all tries and pauses. From <see cref="AttemptTimeout"/> to 5 minutes; default 5 s.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a try that brought no answer is repeated. A denial is an answer. 0 to 10; default 2.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>The pause before the first repetition; the next ones are longer, and all are jittered. 1 ms to 10 s; default 100 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);
}
