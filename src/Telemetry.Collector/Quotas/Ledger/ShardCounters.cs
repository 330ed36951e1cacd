namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What a shard has counted. Written under its lock, read from anywhere: each number by itself is right.</summary>
internal sealed class ShardCounters
{
    public long[] Outcomes { get; } = new long[Enum.GetValues<UsageOutcome>().Length];

    public long Granted { get; set; }

    public long OverLimit { get; set; }

    public long Denied { get; set; }

    public long Loads { get; set; }

    public long LoadFailures { get; set; }

    public long Evictions { get; set; }

    public long LetGo { get; set; }

    public long Users { get; set; }

    public long TailEvents { get; set; }

    public long RecentIds { get; set; }

    public long Reservations { get; set; }

    public long Uncertain { get; set; }
}
