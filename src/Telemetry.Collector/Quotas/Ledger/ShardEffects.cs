namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What is to be done after the shard's lock is left.</summary>
internal struct ShardEffects
{
    /// <summary>Thresholds that were reached; null for none.</summary>
    public List<ThresholdCrossing>? Crossings;

    /// <summary>A user who should come into memory in the background.</summary>
    public UserState? Wanted;
}
