namespace Telemetry.Collector.Quotas.Limits;

/// <summary>Log messages about limits. Event ids 2820 to 2829 are its own and keep their meaning.</summary>
internal static partial class LimitLog
{
    [LoggerMessage(2820, LogLevel.Information, "The limits file {Path} is in force; it changed {Entries} entries.")]
    public static partial void FileApplied(this ILogger logger, string path, int entries);

    [LoggerMessage(2821, LogLevel.Error, "{Reason} What was in force before stays so.")]
    public static partial void FileNotApplied(this ILogger logger, string reason);

    [LoggerMessage(2822, LogLevel.Error, "The state log cannot be read; the limits are not known, and no quota is answered. Tried again.")]
    public static partial void LogNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(2823, LogLevel.Error, "The record {Key} of the state log is no limit that this version knows; it is left out.")]
    public static partial void RecordNotRead(this ILogger logger, string key, Exception exception);
}
