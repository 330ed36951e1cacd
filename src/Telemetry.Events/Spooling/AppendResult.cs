using System.Runtime.InteropServices;

namespace Telemetry.Events.Spooling;

/// <summary>Whether an event was appended, where, and else why not.</summary>
/// <param name="Position">The event's place in the log; 0 where it was refused.</param>
/// <param name="Refusal">Why it was refused; <see cref="SpoolRefusal.None"/> where it was appended.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AppendResult(long Position, SpoolRefusal Refusal)
{
    /// <summary>Whether the event has a position now. It is durable only when its commit is done.</summary>
    public bool IsAppended => Refusal == SpoolRefusal.None && Position > 0;
}
