namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>A partition, the broker that leads it and those that keep it.</summary>
internal sealed record PartitionDescription(int Id, int Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSync);
