namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public sealed class ManagedKafkaTransportTests() : KafkaTransportTests(KafkaClient.Managed);
