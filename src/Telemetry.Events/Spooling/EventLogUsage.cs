using System.Runtime.InteropServices;

namespace Telemetry.Events.Spooling;

/// <summary>What a log holds at one moment.</summary>
/// <param name="Events">Events that are durable and not acknowledged.</param>
/// <param name="Bytes">Bytes on disk, with what is acknowledged and not deleted yet.</param>
/// <param name="MaxBytes">The size limit; 0 for a log that takes no more events.</param>
/// <param name="OldestTime">The time of the oldest event that is not acknowledged, UTC; null for none.</param>
/// <param name="DamagedRecords">Events of the log that were lost to damage, since it was opened.</param>
/// <param name="Failure">Why the last commit failed; <see cref="SpoolRefusal.None"/> where it did not.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EventLogUsage(
    long Events, long Bytes, long MaxBytes, DateTime? OldestTime, long DamagedRecords, SpoolRefusal Failure);
