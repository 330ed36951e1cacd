using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Events.EventHubs.Tests.Gateway;
using Telemetry.Events.Transport;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.EventHubs.Tests.Transport;

/// <summary>The transport that AddEventHubs registers, through TLS and a login, against the embedded broker.</summary>
internal sealed class EventHubsHarness : EmbeddedKafkaHarness
{
    private readonly List<ServiceProvider> _providers = [];

    public EventHubsHarness() => Gateway = new EventHubsGateway(Kafka.BootstrapServers);

    public EventHubsGateway Gateway { get; }

    public override int TooLargeBytes => EventHubsTransportSetup.MaxMessageBytes + 1;

    // What a namespace over its throughput units answers.
    protected override ErrorCode ThrottlingError => ErrorCode.PolicyViolation;

    public override ValueTask<IEventTransport> CreateTransportAsync() =>
        ValueTask.FromResult(Create(events => events.AddEventHubs(Gateway.AcceptKey("right"), Topic)));

    /// <summary>The transport of a service that says this.</summary>
    public IEventTransport Create(Action<TelemetryEventsBuilder> add, ILoggerFactory? loggers = null, bool trusted = true)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        if (loggers is not null)
            services.AddSingleton(loggers);
        var events = services.AddTelemetryEvents(options => options.ServiceName = "tests");
        add(events);
        if (trusted)
            events.AddEventHubs(options => options.Properties["ssl.ca.pem"] = Gateway.CertificatePem);
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<IEventTransport>();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await Gateway.DisposeAsync();
        await base.DisposeAsync();
    }
}
