using Microsoft.Extensions.Logging;

namespace Telemetry.Quota.Client;

/// <summary>The client's log events. Ids 1700 to 1799; they are a contract.</summary>
internal static partial class QuotaLog
{
    [LoggerMessage(1700, LogLevel.Warning, "Quota {Operation}: {Failure}")]
    public static partial void Unavailable(this ILogger logger, string operation, string failure);

    [LoggerMessage(1701, LogLevel.Debug, "Quota: try {Attempt} brought no answer: {Cause}")]
    public static partial void Retrying(this ILogger logger, int attempt, string cause);

    [LoggerMessage(1702, LogLevel.Warning, "Quota: the lease {Reservation} was not given back: {Reason} It ends at {ExpiresAt}.")]
    public static partial void NotReleased(this ILogger logger, string reservation, string? reason, DateTimeOffset expiresAt);
}
