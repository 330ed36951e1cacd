namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public sealed class NativeKafkaTransportTests() : KafkaTransportTests(KafkaClient.Native);
