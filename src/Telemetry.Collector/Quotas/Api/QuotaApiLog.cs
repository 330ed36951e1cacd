namespace Telemetry.Collector.Quotas.Api;

/// <summary>Log messages of the quota API. Event ids 2830 to 2839 are its own and keep their meaning.</summary>
internal static partial class QuotaApiLog
{
    [LoggerMessage(2830, LogLevel.Error, "A request to {Path} was not answered.")]
    public static partial void NotAnswered(this ILogger logger, string path, Exception exception);
}
