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
        _ => "none",
    };
}
