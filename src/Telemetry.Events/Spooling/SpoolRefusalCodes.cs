namespace Telemetry.Events.Spooling;

/// <summary>Refusals as they stand in receipts, logs and metrics. The codes are a contract.</summary>
public static class SpoolRefusalCodes
{
    /// <summary>The code, such as <c>spool_full</c>; <c>none</c> for no refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <returns>The code.</returns>
    public static string ToCode(this SpoolRefusal refusal) => refusal switch
    {
        SpoolRefusal.None => "none",
        SpoolRefusal.Full => "spool_full",
        SpoolRefusal.Busy => "spool_busy",
        SpoolRefusal.TooLarge => "spool_too_large",
        SpoolRefusal.DiskFull => "spool_disk_full",
        SpoolRefusal.ReadOnly => "spool_read_only",
        SpoolRefusal.AccessDenied => "spool_access_denied",
        SpoolRefusal.DirectoryRemoved => "spool_directory_removed",
        SpoolRefusal.TimedOut => "spool_timed_out",
        SpoolRefusal.Closed => "spool_closed",
        _ => "spool_disk_error",
    };
}
