namespace Telemetry.Events.Spool.Tests.Faults;

/// <summary>A fact that needs <see cref="SmallDisk"/>; shown as skipped where that cannot be.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
            Skip = "Mounting a small tmpfs needs root on Linux.";
    }
}
