namespace Telemetry.Collector.Prometheus;

/// <summary>Why a query has no answer. All of them are worth another try: each can be cured outside this process.</summary>
public enum PrometheusFailureKind
{
    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>An HTTP status that is no success, without Prometheus' own words about it.</summary>
    HttpStatus,

    /// <summary>Prometheus said what is wrong: its <c>errorType</c> and <c>error</c>.</summary>
    QueryError,

    /// <summary>The answer has more bytes or samples than may be. A shorter time may have fewer.</summary>
    TooLarge,

    /// <summary>The answer is no query result.</summary>
    Malformed,

    /// <summary>Prometheus warned that part of the data is missing, as a federated store does when a member is down.</summary>
    Incomplete,
}
