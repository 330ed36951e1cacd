using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.RestProxy.Tests.Transport;

/// <summary>The conformance server in front of the embedded Kafka; read back by a consumer that knows neither.</summary>
internal sealed class RestProxyHarness(RestDialect dialect) : EmbeddedKafkaHarness
{
    private const int MaxRequestBytes = 2_000_000;

    private readonly List<ServiceProvider> _services = [];
    private readonly CollectedLog _log = new();
    private RestProxyServer? _server;
    private int _port;

    public override int TooLargeBytes => MaxRequestBytes;

    public override async ValueTask<IEventTransport> CreateTransportAsync()
    {
        if (_server is null)
            await BringUpAsync();
        var services = Proxy.Build($"http://127.0.0.1:{_port}", _log);
        _services.Add(services);
        return services.GetRequiredService<IEventTransport>();
    }

    /// <summary>The proxy itself goes away, and with it its connections; Kafka keeps what it has.</summary>
    public override async ValueTask TakeDownAsync()
    {
        if (_server is null)
            await BringUpAsync();
        await _server!.DisposeAsync();
    }

    public override async ValueTask BringUpAsync()
    {
        _server = await RestProxyServer.StartAsync(new RestProxyServerOptions
        {
            Dialect = dialect,
            Kafka = Kafka,
            Port = _port,
            MaxRequestBytes = MaxRequestBytes,
        });
        _port = _server.BaseAddress.Port;
    }

    public override ValueTask SlowDownAsync(TimeSpan delay)
    {
        _server!.Faults.NextRequests(int.MaxValue, new RestFault { Delay = delay });
        return ValueTask.CompletedTask;
    }

    public override ValueTask ThrottleAsync(int requests)
    {
        _server!.Faults.NextRequests(requests, RestFault.Overloaded(status: 429, seconds: 1));
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
            await services.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        await base.DisposeAsync();
    }
}
