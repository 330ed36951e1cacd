using System.Globalization;
using System.Runtime.InteropServices;

namespace Telemetry.Chaos.Events;

/// <summary>Which event this is, whatever its id: the process, the flow in it, and the how manieth of that flow.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventNumber(int Process, int Flow, int Index) : IComparable<EventNumber>
{
    /// <summary>The record's key. A flow has the same in each process, so that keys live on over restarts.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"flow-{Flow}");

    /// <summary>The order within a key: processes follow each other, and so do the events of a flow.</summary>
    public int CompareTo(EventNumber other) => (Process, Index).CompareTo((other.Process, other.Index));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {Process}, flow {Flow}, event {Index}");

    public static bool operator <(EventNumber left, EventNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(EventNumber left, EventNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventNumber left, EventNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventNumber left, EventNumber right) => left.CompareTo(right) >= 0;
}
