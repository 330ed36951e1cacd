using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Positions of the store at one moment, by the ledger's own numbers of partitions. Immutable.</summary>
internal sealed class PositionSnapshot(UsagePositions positions, long[] next)
{
    public static PositionSnapshot None { get; } = new(UsagePositions.None, []);

    public UsagePositions Positions => positions;

    /// <summary>Partitions that it knows; others stand at 0.</summary>
    public int Count => next.Length;

    public long Of(int partition) => partition < next.Length ? next[partition] : 0;
}
