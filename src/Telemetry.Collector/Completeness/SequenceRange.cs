using System.Runtime.InteropServices;

namespace Telemetry.Collector.Completeness;

/// <summary>Sequences that follow each other, both ends included.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SequenceRange(long First, long Last)
{
    /// <summary>How many they are.</summary>
    public long Count => Last - First + 1;
}
