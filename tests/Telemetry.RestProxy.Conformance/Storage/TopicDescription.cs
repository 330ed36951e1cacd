namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>A topic and its partitions, each with its leader and replicas.</summary>
internal sealed record TopicDescription(string Name, IReadOnlyList<PartitionDescription> Partitions);
