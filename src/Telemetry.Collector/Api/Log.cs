namespace Telemetry.Collector.Api;

internal static partial class Log
{
    [LoggerMessage(EventId = 2301, Level = LogLevel.Error, Message = "The store did not answer a request to {Path}")]
    public static partial void StoreDidNotAnswer(ILogger logger, string path, Exception exception);
}
