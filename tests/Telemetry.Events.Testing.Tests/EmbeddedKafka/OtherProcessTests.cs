using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

[Trait("Category", "Integration")]
public sealed class OtherProcessTests : IAsyncLifetime
{
    private readonly EmbeddedKafkaCluster _cluster = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { BrokerCount = 2, Topics = [new EmbeddedKafkaTopic("orders", 3)] });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Another_process_sees_brokers_topics_and_partitions()
    {
        var output = await KcatProcess.RunAsync("", "-b", _cluster.BootstrapServers, "-L", "-J");

        using var metadata = JsonDocument.Parse(output);
        Assert.Equal(2, metadata.RootElement.GetProperty("brokers").GetArrayLength());
        var topic = Assert.Single(metadata.RootElement.GetProperty("topics").EnumerateArray());
        Assert.Equal("orders", topic.GetProperty("topic").GetString());
        Assert.Equal(3, topic.GetProperty("partitions").GetArrayLength());
    }

    [Fact]
    public async Task Another_process_reads_what_this_one_wrote()
    {
        using var producer = KafkaClients.Producer(_cluster);
        await producer.ProduceAsync("orders", new Message<string, string>
        {
            Key = "user-1",
            Value = "hello",
            Headers = new Headers { { "kind", Encoding.UTF8.GetBytes("greeting") } },
        });

        var output = await KcatProcess.RunAsync(
            "", "-b", _cluster.BootstrapServers, "-C", "-t", "orders", "-e", "-q", "-f", "%k|%s|%h");

        Assert.Equal("user-1|hello|kind=greeting", output);
    }

    [Fact]
    public async Task This_process_reads_what_another_one_wrote()
    {
        await KcatProcess.RunAsync("user-1|hello\n", "-b", _cluster.BootstrapServers, "-P", "-t", "orders", "-K", "|");

        using var consumer = KafkaClients.Consumer(_cluster, "readers");
        consumer.Subscribe("orders");
        var message = consumer.ConsumeNext().Message;

        Assert.Equal("user-1", message.Key);
        Assert.Equal("hello", message.Value);
        consumer.Close();
    }
}
