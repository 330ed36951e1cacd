using System.Runtime.InteropServices;

namespace Telemetry.Events.Spool.Log;

/// <summary>What the committer has to do next.</summary>
/// <param name="Group">Records to commit; null for none.</param>
/// <param name="FirstTime">The time of the first of them.</param>
/// <param name="NextPosition">The position that comes next, behind the group.</param>
/// <param name="Probe">Find out whether the disk works again.</param>
/// <param name="Trim">Leave the segment if all in it is acknowledged.</param>
/// <param name="IsLast">Nothing comes behind this.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CommitWork(CommitGroup? Group, DateTime FirstTime, long NextPosition, bool Probe, bool Trim, bool IsLast);
