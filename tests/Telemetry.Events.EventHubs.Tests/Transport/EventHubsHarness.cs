using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Events.EventHubs.Tests.Gateway;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.EventHubs.Tests.Transport;

/// <summary>
/// The transport that AddEventHubs registers, through TLS and a login, against the embedded broker; read back by a consumer that
/// goes to the broker directly and knows nothing of the transport.
/// </summary>
internal sealed class EventHubsHarness : TransportHarness
{
    private const int Partitions = 4;

    private readonly EmbeddedKafkaCluster _kafka;
    private readonly List<ServiceProvider> _providers = [];

    public EventHubsHarness()
    {
        _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, Partitions)] });
        Gateway = new EventHubsGateway(_kafka.BootstrapServers);
    }

    public EventHubsGateway Gateway { get; }

    public EmbeddedKafkaCluster Kafka => _kafka;

    public override TransportCapabilities Capabilities => TransportCapabilities.Outage | TransportCapabilities.SizeLimit;

    public override int TooLargeBytes => EventHubsTransportSetup.MaxMessageBytes + 1;

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

    public override ValueTask TakeDownAsync()
    {
        _kafka.TakeAllBrokersDown();
        return ValueTask.CompletedTask;
    }

    public override ValueTask BringUpAsync()
    {
        _kafka.BringAllBrokersUp();
        return ValueTask.CompletedTask;
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<StoredEvent>>(() => Consume(count, cancellationToken), CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await Gateway.DisposeAsync();
        await _kafka.DisposeAsync();
        await base.DisposeAsync();
    }

    private List<StoredEvent> Consume(int count, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]>(new ConsumerConfig
        {
            BootstrapServers = _kafka.BootstrapServers,
            GroupId = "contract",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        var stored = new List<StoredEvent>();
        var ended = new HashSet<int>();
        try
        {
            while (stored.Count < count || ended.Count < Partitions)
            {
                var result = consumer.Consume(cancellationToken);
                if (result.IsPartitionEOF)
                    ended.Add(result.Partition.Value);
                else
                    stored.Add(new StoredEvent(result.Topic, result.Partition.Value, result.Message.Key, result.Message.Value));
            }
        }
        catch (OperationCanceledException)
        {
            // What there is is the answer.
        }

        return stored;
    }
}
