using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Transport;

/// <summary>The conformance server in front of the embedded Kafka; read back by a consumer that knows neither.</summary>
internal sealed class RestProxyHarness : TransportHarness
{
    private const int Partitions = 4;
    private const int MaxRequestBytes = 2_000_000;

    private readonly RestDialect _dialect;
    private readonly EmbeddedKafkaCluster _kafka;
    private readonly List<ServiceProvider> _services = [];
    private readonly CollectedLog _log = new();
    private RestProxyServer? _server;
    private int _port;

    public RestProxyHarness(RestDialect dialect)
    {
        _dialect = dialect;
        _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, Partitions)] });
    }

    public override TransportCapabilities Capabilities => TransportCapabilities.Outage | TransportCapabilities.SizeLimit;

    public override int TooLargeBytes => MaxRequestBytes;

    public override async ValueTask<IEventTransport> CreateTransportAsync()
    {
        if (_port == 0)
            await BringUpAsync();
        var services = Proxy.Build($"http://127.0.0.1:{_port}", _log);
        _services.Add(services);
        return services.GetRequiredService<IEventTransport>();
    }

    /// <summary>The proxy itself goes away, and with it its connections; Kafka keeps what it has.</summary>
    public override async ValueTask TakeDownAsync()
    {
        if (_port == 0)
            await BringUpAsync();
        await _server!.DisposeAsync();
    }

    public override async ValueTask BringUpAsync()
    {
        _server = await RestProxyServer.StartAsync(new RestProxyServerOptions
        {
            Dialect = _dialect,
            Kafka = _kafka,
            Port = _port,
            MaxRequestBytes = MaxRequestBytes,
        });
        _port = _server.BaseAddress.Port;
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<StoredEvent>>(
            () => [.. KafkaReader.Read(_kafka, Topic, Partitions, count, cancellationToken).Select(Stored)], CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
            await services.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        await _kafka.DisposeAsync();
        await base.DisposeAsync();
    }

    private static StoredEvent Stored(ConsumeResult<byte[]?, byte[]> record) =>
        new(record.Topic, record.Partition.Value, record.Message.Key, record.Message.Value);
}
