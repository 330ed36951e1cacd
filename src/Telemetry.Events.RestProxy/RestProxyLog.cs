using Microsoft.Extensions.Logging;

namespace Telemetry.Events.RestProxy;

/// <summary>The REST proxy transport's log events. Ids 1200 to 1299; they are a contract.</summary>
internal static partial class RestProxyLog
{
    [LoggerMessage(1200, LogLevel.Information, "REST proxy {Address} speaks {Dialect}; cluster {ClusterId}.")]
    public static partial void DialectFound(this ILogger logger, Uri address, RestProxyDialect dialect, string? clusterId);

    [LoggerMessage(1201, LogLevel.Error, "REST proxy {Address}: {Finding} {Advice}")]
    public static partial void DialectNotFound(this ILogger logger, Uri address, string finding, string? advice);

    [LoggerMessage(1202, LogLevel.Warning, "REST proxy: the circuit is open for {Pause} after too many failures, the last: {Cause}")]
    public static partial void CircuitOpened(this ILogger logger, TimeSpan pause, string cause);

    [LoggerMessage(1203, LogLevel.Information, "REST proxy: the circuit is closed again.")]
    public static partial void CircuitClosed(this ILogger logger);

    [LoggerMessage(1204, LogLevel.Warning, "REST proxy: it answers {Status} and asks for a pause of {Pause}.")]
    public static partial void Throttled(this ILogger logger, int status, TimeSpan pause);

    [LoggerMessage(1205, LogLevel.Warning,
        "REST proxy: a request of {Bytes} bytes is too large for it; requests are kept below {Limit} bytes from now on. Set MaxRequestBytes to what it takes.")]
    public static partial void RequestTooLarge(this ILogger logger, int bytes, int limit);

    [LoggerMessage(1206, LogLevel.Warning, "REST proxy: it refuses compressed requests with {Status}; they go uncompressed from now on.")]
    public static partial void CompressionRefused(this ILogger logger, int status);

    [LoggerMessage(1207, LogLevel.Error,
        "REST proxy: the reply to {Events} events makes no sense (status {Status}, {Bytes} bytes). They are sent again, on another connection.")]
    public static partial void GarbledReply(this ILogger logger, int events, int status, int bytes);

    [LoggerMessage(1208, LogLevel.Error, "REST proxy: the bearer token provider failed; events wait.")]
    public static partial void TokenUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(1209, LogLevel.Warning, "REST proxy: a request of {Events} events for topic {Topic} failed with status {Status}, error code {ErrorCode}.")]
    public static partial void RequestRefused(this ILogger logger, int events, string topic, int status, int errorCode);

    [LoggerMessage(1210, LogLevel.Debug, "REST proxy: a request failed with {Kind}: {Cause}")]
    public static partial void RequestFailed(this ILogger logger, string kind, string cause);
}
