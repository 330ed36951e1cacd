using System.Runtime.InteropServices;

namespace Telemetry.Events.Spool.Log;

/// <summary>How far a segment can be read.</summary>
/// <param name="Bytes">Up to where.</param>
/// <param name="IsSealed">Whether nothing will be written behind that.</param>
/// <param name="Limit">The first position that belongs to no event of this segment; <see cref="long.MaxValue"/> where it is not known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentView(long Bytes, bool IsSealed, long Limit);
