using System.Runtime.InteropServices;

namespace Telemetry.Events.Spool.Records;

/// <summary>A stretch of a segment that was passed over.</summary>
/// <param name="File">The segment's path.</param>
/// <param name="Offset">Where it starts.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="FirstPosition">The position of the first record lost by it.</param>
/// <param name="Records">The records lost by it; 0 where the damage hit none, or where it cannot be known.</param>
/// <param name="Reason">What is wrong with it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DamagedRange(
    string File, long Offset, long Bytes, long FirstPosition, long Records, DamageReason Reason)
{
    /// <summary>Whether it is a write that its process did not live to end: no commit has confirmed it, and nothing is lost.</summary>
    public bool IsUnfinishedWrite => Reason == DamageReason.Torn && Records == 0;
}
