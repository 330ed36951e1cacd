using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Kafka;

namespace Telemetry.Load.Kafka;

/// <summary>The SDK with Kafka, as a service sets it up.</summary>
internal static class SdkServices
{
    public static ServiceProvider Build(string address, LoadOptions load, KafkaClient client)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options => options.ServiceName = "load").AddKafka(options =>
        {
            options.ConnectionString = address;
            options.Linger = TimeSpan.FromMilliseconds(load.Linger);
            options.Compression = load.Compression;
            options.ContentTypeHeader = load.Header;
            options.Client = client;
            options.StatisticsInterval = load.Statistics;
        });
        return services.BuildServiceProvider();
    }
}
