using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka.Tests.Options;

public class KafkaTransportOptionsTests
{
    [Theory]
    [InlineData("ConnectionString", "nowhere", "TelemetryEvents:Kafka:ConnectionString (environment variable KAFKA_DIRECT_URL): 'nowhere' is no Kafka address: 'nowhere' has no port.")]
    [InlineData("ConnectionString", "", "No Kafka address. Set the environment variable KAFKA_DIRECT_URL or TelemetryEvents:Kafka:ConnectionString, such as broker:9092.")]
    [InlineData("DeliveryTimeout", "00:00:00.5", "TelemetryEvents:Kafka:DeliveryTimeout is 00:00:00.5000000. Set it to a value from 00:00:01 to 01:00:00.")]
    [InlineData("Linger", "00:01:00", "TelemetryEvents:Kafka:Linger is 00:01:00. Set it to a value from 00:00:00 to 00:00:10.")]
    [InlineData("Properties:no.such.property", "1", "librdkafka refuses the configuration: No such configuration property: \"no.such.property\". Correct the property")]
    [InlineData("StatisticsInterval", "00:00:00.1", "TelemetryEvents:Kafka:StatisticsInterval is 00:00:00.1000000. Set it to a value from 00:00:01 to 01:00:00, or to 00:00:00 for none.")]
    [InlineData("Compression", "7", "TelemetryEvents:Kafka:Compression is 7. Set it to one of None, Gzip, Snappy, Lz4, Zstd.")]
    [InlineData("Client", "7", "TelemetryEvents:Kafka:Client is 7. Set it to Native or Managed.")]
    [InlineData("Properties:linger.ms", "soon", "librdkafka refuses the configuration: Invalid value for configuration property \"queue.buffering.max.ms\".")]
    [InlineData("Properties:transactional.id", "t", "TelemetryEvents:Kafka: the librdkafka property transactional.id asks for transactions, which the transport does not open: nothing would be sent. Remove it.")]
    [InlineData("Properties:delivery.report.only.error", "true", "the librdkafka property delivery.report.only.error keeps acknowledgements back")]
    [InlineData("ConnectionString", "127.0.0.1:1?transactional.id=t", "is no Kafka address")]
    [InlineData("ConnectionString", "kafka://127.0.0.1:1?transactional.id=t", "the librdkafka property transactional.id asks for transactions")]
    [InlineData("Properties:dotnet.producer.enable.delivery.reports", "false", "dotnet.producer.enable.delivery.reports is Confluent.Kafka's own")]
    public async Task A_bad_option_fails_the_start_with_its_name_its_value_and_the_fix(string key, string value, string expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TelemetryEvents:Kafka:ConnectionString"] = "127.0.0.1:1",
            [$"TelemetryEvents:Kafka:{key}"] = value,
        });
        builder.Services.AddTelemetryEvents().AddKafka();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public void A_refused_property_is_named_on_either_path_and_no_secret_with_it(KafkaClient client)
    {
        var options = new KafkaTransportOptions { ConnectionString = "kafka://user:hunter2@127.0.0.1:1", Client = client };
        options.Properties["compression.level"] = "hunter2";

        var exception = Assert.Throws<OptionsValidationException>(() => new KafkaTransport(
            KafkaTransport.DefaultName, options, new TelemetryEventsOptions { ServiceName = "tests" }, TimeProvider.System));

        Assert.Contains("compression.level", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_gives_the_address_where_nothing_else_does()
    {
        var setup = new KafkaTransportOptionsSetup(variable => variable == "KAFKA_DIRECT_URL" ? "env:9092" : null);
        var unset = new KafkaTransportOptions();
        var set = new KafkaTransportOptions { ConnectionString = "code:9092" };

        setup.PostConfigure("", unset);
        setup.PostConfigure("", set);

        Assert.Equal(("env:9092", "code:9092"), (unset.ConnectionString, set.ConnectionString));
    }

    [Fact]
    public void The_producer_is_idempotent_waits_for_all_replicas_and_places_keys_as_the_Java_client_does()
    {
        var config = KafkaProducerConfig.Create(
            new KafkaTransportOptions { ConnectionString = "kafka://a:1?client.rack=r1", Properties = { ["linger.ms"] = "77" } },
            new TelemetryEventsOptions { ServiceName = "tests", MaxEventBytes = 5_000_000 });

        Assert.Equal("a:1", config.BootstrapServers);
        Assert.Equal("true", config.Get("enable.idempotence"), ignoreCase: true);
        Assert.Equal("-1", config.Get("acks"));
        Assert.Equal("murmur2_random", config.Get("partitioner"));
        Assert.Equal("r1", config.Get("client.rack"));
        Assert.Equal("77", config.Get("linger.ms"));
        Assert.True(config.MessageMaxBytes > 5_000_000);
    }

    [Fact]
    public void A_container_may_be_disposed_synchronously()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options => options.ServiceName = "tests").AddKafka(options => options.ConnectionString = "127.0.0.1:1");

        using (var provider = services.BuildServiceProvider())
            provider.GetRequiredService<IEventPublisher>();
    }
}
