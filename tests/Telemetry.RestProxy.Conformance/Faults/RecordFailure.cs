namespace Telemetry.RestProxy.Conformance;

/// <summary>Why one record of a request was not stored, in the words of a dialect.</summary>
/// <param name="ErrorCode">
/// The reply's <c>error_code</c>. Confluent: 400, 40002, 40101, 40301, 40401, 413, 429, 50002, 50003, 50302 and so on;
/// Strimzi: an HTTP status.
/// </param>
/// <param name="Message">The reply's <c>error</c> (v2) or <c>message</c> (v3, Strimzi).</param>
public sealed record RecordFailure(int ErrorCode, string Message)
{
    /// <summary>Confluent's 50003: the broker could not now.</summary>
    public static RecordFailure Retriable { get; } =
        new(50003, "This server is not the leader for that topic-partition.");

    /// <summary>Confluent's 50002: the broker will not.</summary>
    public static RecordFailure Final { get; } =
        new(50002, "The request included a message larger than the max message size the server will accept.");

    /// <summary>Confluent's 40101: the broker does not know the proxy.</summary>
    public static RecordFailure Unauthenticated { get; } = new(40101, "Authentication failed.");

    /// <summary>Confluent's 40301: the broker knows the proxy and refuses it.</summary>
    public static RecordFailure Unauthorized { get; } = new(40301, "Not authorized to access topics.");

    /// <summary>Confluent v3's 429: the proxy's own rate limit.</summary>
    public static RecordFailure RateLimited { get; } = new(429, "Rate limit exceeded : Connection will be closed.");

    /// <summary>Confluent v3's 413: one record is above the proxy's limit.</summary>
    public static RecordFailure TooLarge { get; } =
        new(413, "Produce request size is larger than allowed threshold");

    /// <summary>Strimzi's form of any failure but a missing topic; retriable or final, nobody can tell.</summary>
    public static RecordFailure BridgeInternalError { get; } =
        new(500, "Expiring 1 record(s) for topic-0:120000 ms has passed since batch creation");

    /// <summary>Strimzi's form of a missing topic or partition.</summary>
    public static RecordFailure BridgeTopicNotFound { get; } =
        new(404, "Topic topic not present in metadata after 60000 ms.");
}
