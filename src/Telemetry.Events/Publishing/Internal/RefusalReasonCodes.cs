using Telemetry.Events.Spooling;

namespace Telemetry.Events.Publishing;

/// <summary>Refusals as they stand in receipts and metrics.</summary>
internal static class RefusalReasonCodes
{
    public static string ToCode(this RefusalReason reason) => reason switch
    {
        RefusalReason.BufferFull => "buffer_full",
        RefusalReason.TooLarge => "too_large",
        RefusalReason.InvalidPayload => "invalid_payload",
        RefusalReason.Stopped => "stopped",
        RefusalReason.NoSpool => "no_spool",
        RefusalReason.SpoolFull => "spool_full",
        RefusalReason.SpoolDiskFull => "spool_disk_full",
        RefusalReason.SpoolReadOnly => "spool_read_only",
        RefusalReason.SpoolAccessDenied => "spool_access_denied",
        RefusalReason.SpoolDirectoryRemoved => "spool_directory_removed",
        RefusalReason.SpoolDiskError => "spool_disk_error",
        _ => "none",
    };

    public static RefusalReason ToReason(this SpoolRefusal refusal) => refusal switch
    {
        SpoolRefusal.None => RefusalReason.None,
        SpoolRefusal.Full => RefusalReason.SpoolFull,
        SpoolRefusal.TooLarge => RefusalReason.TooLarge,
        SpoolRefusal.DiskFull => RefusalReason.SpoolDiskFull,
        SpoolRefusal.ReadOnly => RefusalReason.SpoolReadOnly,
        SpoolRefusal.AccessDenied => RefusalReason.SpoolAccessDenied,
        SpoolRefusal.DirectoryRemoved => RefusalReason.SpoolDirectoryRemoved,
        SpoolRefusal.Closed => RefusalReason.Stopped,
        _ => RefusalReason.SpoolDiskError,
    };
}
