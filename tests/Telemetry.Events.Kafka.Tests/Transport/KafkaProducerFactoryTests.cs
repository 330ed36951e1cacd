namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class KafkaProducerFactoryTests
{
    [Theory]
    [InlineData(KafkaClient.Native, null, true)]
    [InlineData(KafkaClient.Managed, null, false)]
    [InlineData(KafkaClient.Native, "this librdkafka has no rd_kafka_produceva", false)]
    public async Task The_managed_path_is_taken_with_a_warning_where_the_native_one_cannot(KafkaClient client, string? obstacle, bool native)
    {
        var logs = new LogCapture();
        var factory = new KafkaProducerFactory(
            new KafkaTransportOptions { ConnectionString = "127.0.0.1:1", Client = client },
            new TelemetryEventsOptions { ServiceName = "tests" },
            obstacle,
            tokens: null,
            new KafkaStatistics(),
            TimeProvider.System,
            logs);

        await using var producer = factory.Create();

        Assert.Equal(native, factory.IsNative);
        Assert.Equal(native, producer is Kafka.Native.NativeProducer);
        Assert.Equal(obstacle is not null, logs.Entries.Any(entry => entry.Id == 1106 && entry.Text.Contains(obstacle!, StringComparison.Ordinal)));
    }
}
