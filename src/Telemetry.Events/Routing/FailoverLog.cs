using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Routing;

/// <summary>Which transport is in use. Ids 1050 to 1069; they are a contract.</summary>
internal static partial class FailoverLog
{
    [LoggerMessage(1050, LogLevel.Warning,
        "{Transport} made no progress for {Batches} batches in a row ({Reason}). Events go by {Failover}; {Transport} is tried again in {BreakDuration}.")]
    public static partial void FailoverOpened(
        this ILogger logger, string transport, int batches, string reason, string failover, TimeSpan breakDuration);

    [LoggerMessage(1051, LogLevel.Information, "One batch tries {Transport} again.")]
    public static partial void FailoverProbing(this ILogger logger, string transport);

    [LoggerMessage(1052, LogLevel.Information, "{Transport} makes progress again; events go by it.")]
    public static partial void FailoverClosed(this ILogger logger, string transport);
}
