namespace Telemetry.Collector.Observability;

internal static partial class Log
{
    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "The store's rows could not be counted for /metrics")]
    public static partial void StoreNotCounted(ILogger logger, Exception exception);
}
