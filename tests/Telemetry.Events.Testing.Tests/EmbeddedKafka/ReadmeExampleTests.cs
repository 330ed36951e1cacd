using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

[Trait("Category", "Integration")]
public sealed class ReadmeExampleTests
{
    // The README of Telemetry.Events.Testing shows this code: change both.
    [Fact]
    public async Task The_example_of_the_readme_delivers()
    {
        await using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            Topics = [new EmbeddedKafkaTopic("xumi_task", Partitions: 3)],
        });

        using var producer = new ProducerBuilder<string, string>(
            new ProducerConfig { BootstrapServers = kafka.BootstrapServers }).Build();

        kafka.TakeBrokerDown(1);
        var pending = producer.ProduceAsync("xumi_task", new Message<string, string> { Key = "user", Value = "{}" });
        kafka.BringBrokerUp(1);

        var delivered = await pending; // the outage was shorter than the message time-out

        Assert.Equal(PersistenceStatus.Persisted, delivered.Status);
    }
}
