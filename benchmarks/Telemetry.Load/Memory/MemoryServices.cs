using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Load.Kafka;

namespace Telemetry.Load.Memory;

/// <summary>The SDK with one transport, as a service sets it up; all options are the defaults.</summary>
internal static class MemoryServices
{
    public static ServiceProvider Build(MemoryTransport transport, TargetProcess target)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        var events = services.AddTelemetryEvents(options => options.ServiceName = "load");
        _ = transport switch
        {
            MemoryTransport.Kafka => events.AddKafka(options => options.ConnectionString = target.Address),
            MemoryTransport.RestProxy => events.AddRestProxy(options => options.Url = target.Address),
            MemoryTransport.EventHubs => events.AddEventHubs(
                target.Address, BrokerProcess.Topic, options => options.Properties["ssl.ca.pem"] = target.CertificatePem),
            _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "There is no such transport."),
        };
        return services.BuildServiceProvider();
    }
}
