namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Where an entry of a tail is, until the tail changes.</summary>
internal readonly record struct TailPlace(int Partition, int Index);
