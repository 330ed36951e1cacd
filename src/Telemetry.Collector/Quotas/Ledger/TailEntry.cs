using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>An event of the stream that the store may not have yet.</summary>
internal struct TailEntry
{
    /// <summary>The event's id where it is no UUID in lower case; else <see cref="Key"/> is it.</summary>
    public string? Id;

    public UInt128 Key;

    /// <summary>0 for none.</summary>
    public UInt128 Task;

    public QuotaAmount Amount;
    public long Offset;
    public long Time;
    public int Resource;

    /// <summary>Whether it counts in its user's sums; else it is a duplicate, or its user was not in memory.</summary>
    public bool IsCounted;
}
