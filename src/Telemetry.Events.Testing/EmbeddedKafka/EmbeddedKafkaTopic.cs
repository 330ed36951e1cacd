namespace Telemetry.Events.Testing;

/// <summary>A topic that exists from the start of an <see cref="EmbeddedKafkaCluster"/>.</summary>
/// <param name="Name">1 to 249 letters, digits, dots, underscores and hyphens, as in Apache Kafka.</param>
/// <param name="Partitions">The number of partitions, 1 to 1000; 1 by default.</param>
public sealed record EmbeddedKafkaTopic(string Name, int Partitions = 1);
