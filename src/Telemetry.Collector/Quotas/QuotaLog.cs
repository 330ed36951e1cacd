namespace Telemetry.Collector.Quotas;

/// <summary>Log messages of the Quota Service about what it reads and writes. Event ids 2800 to 2829 are its own and keep their meaning.</summary>
internal static partial class QuotaLog
{
    [LoggerMessage(2800, LogLevel.Error, "{Gap}")]
    public static partial void UsageLost(this ILogger logger, string gap);

    [LoggerMessage(2801, LogLevel.Warning, "The usage topic {Topic} does not exist. It is looked for again every 10 seconds; until then nobody has used what it would tell.")]
    public static partial void UsageTopicMissing(this ILogger logger, string topic);

    [LoggerMessage(2802, LogLevel.Error, "The state log cannot be read; tried again in {Delay}: {Reason}")]
    public static partial void StateLogNotRead(this ILogger logger, TimeSpan delay, string reason);

    [LoggerMessage(2803, LogLevel.Error, "The record '{Key}' of the state log cannot be understood and counts for nothing: {Reason}")]
    public static partial void StateRecordRefused(this ILogger logger, string key, string reason);

    [LoggerMessage(2804, LogLevel.Warning, "The producer of the state log has failed for good and is made anew: {Reason}")]
    public static partial void StateProducerRebuilt(this ILogger logger, string reason);

    [LoggerMessage(2805, LogLevel.Warning, "That a threshold of {Resource} at {Threshold} % was told is not noted, and the next start tells it again: {Reason}")]
    public static partial void ThresholdNotNoted(this ILogger logger, string resource, int threshold, string reason);

    [LoggerMessage(2806, LogLevel.Error, "A threshold of {Resource} at {Threshold} % is let go without an event: {Reason}")]
    public static partial void ThresholdDropped(this ILogger logger, string resource, int threshold, string reason);

    [LoggerMessage(2807, LogLevel.Error, "A threshold of {Resource} at {Threshold} % could not be told")]
    public static partial void ThresholdFailed(this ILogger logger, Exception exception, string resource, int threshold);

    [LoggerMessage(2808, LogLevel.Information, "{Records} records of the state log are read.")]
    public static partial void StateRestored(this ILogger logger, long records);

    [LoggerMessage(2809, LogLevel.Warning, "Reservations that ended long ago stay in the state log until the next sweep: {Reason}")]
    public static partial void NotSwept(this ILogger logger, string reason);
}
