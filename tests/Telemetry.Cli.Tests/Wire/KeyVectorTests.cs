using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>A key has the partition that the contract says, on a broker.</summary>
[Trait("Category", "Integration")]
public class KeyVectorTests
{
    private const int Partitions = 12;

    [Fact]
    public async Task Every_key_goes_to_the_partition_of_its_murmur2()
    {
        using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("mcp", Partitions)] });
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options => options.ServiceName = "keys").AddKafka(options => options.ConnectionString = kafka.BootstrapServers);
        await using var provider = services.BuildServiceProvider();
        var publisher = provider.GetRequiredService<IEventPublisher>();

        foreach (var vector in WireFolder.Vectors("keys.json"))
        {
            var receipt = await publisher.ConfirmAsync(new McpTaskComplete(vector.GetProperty("key").GetString()!));

            Assert.True(receipt.IsDelivered, receipt.Reason);
            Assert.Equal((vector.GetProperty("murmur2").GetInt32() & int.MaxValue) % Partitions, receipt.Partition);
        }
    }
}
