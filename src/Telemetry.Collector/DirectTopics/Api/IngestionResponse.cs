using Telemetry.Collector.DirectTopics.Proof;

namespace Telemetry.Collector.DirectTopics.Api;

/// <summary>Kafka's offsets against those stored.</summary>
/// <param name="Complete">Whether every record that was taken is a row or a dead letter.</param>
/// <param name="Lag">Records in Kafka that are not taken yet.</param>
/// <param name="Missing">Offsets taken that are neither row nor dead letter.</param>
/// <param name="Partitions">Each partition.</param>
internal sealed record IngestionResponse(bool Complete, long Lag, long Missing, IReadOnlyList<PartitionProof> Partitions);
