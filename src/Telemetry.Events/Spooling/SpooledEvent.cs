using System.Runtime.InteropServices;

namespace Telemetry.Events.Spooling;

/// <summary>An event as it is kept in a log: the final bytes, which a later process sends as they are.</summary>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Topic">The topic; at most 65,535 bytes of UTF-8.</param>
/// <param name="Key">The record's key; may be empty.</param>
/// <param name="Body">The envelope, with producer and sequence.</param>
/// <param name="Time">The event's time, UTC.</param>
/// <param name="Position">Its place in the log, counted from 1; 0 before it is appended.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SpooledEvent(
    Guid Id, string Topic, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Body, DateTime Time, long Position = 0)
{
    /// <summary>Leaves the content out: it may hold personal data.</summary>
    public override string ToString() => $"{nameof(SpooledEvent)} {Id} of {Topic}, {Body.Length} bytes, position {Position}";
}
