using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Support;

/// <summary>The conformance server with a transport to it, registered as a service registers it.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;

    private Proxy(RestProxyServer server, ServiceProvider services, CollectedLog log)
    {
        Server = server;
        _services = services;
        Log = log;
        Transport = services.GetRequiredService<IEventTransport>();
    }

    public RestProxyServer Server { get; }

    public IEventTransport Transport { get; }

    public CollectedLog Log { get; }

    public static async Task<Proxy> StartAsync(
        RestProxyServerOptions server, Action<RestProxyTransportOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var running = await RestProxyServer.StartAsync(server);
        return Connect(running, running.BaseAddress.ToString() + server.PathPrefix?.TrimStart('/'), options, services);
    }

    public static Proxy Connect(
        RestProxyServer server, string url, Action<RestProxyTransportOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var log = new CollectedLog();
        return new Proxy(server, Build(url, log, options, services), log);
    }

    /// <summary>The services of a program that sends to this address.</summary>
    public static ServiceProvider Build(
        string url, ILoggerProvider log, Action<RestProxyTransportOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
            new Microsoft.Extensions.Configuration.ConfigurationManager());
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        collection.AddTelemetryEvents(events => events.ServiceName = "tests").AddRestProxy(proxy =>
        {
            proxy.Url = url;
            options?.Invoke(proxy);
        });
        services?.Invoke(collection);
        return collection.BuildServiceProvider();
    }

    public async Task<DeliveryOutcome[]> SendAsync(OutgoingEvent[] batch, CancellationToken cancellationToken = default)
    {
        var outcomes = new DeliveryOutcome[batch.Length];
        await Transport.SendAsync(batch, outcomes, cancellationToken).AsTask().WaitAsync(Patience, CancellationToken.None);
        return outcomes;
    }

    public static EmbeddedKafkaCluster StartKafka(int partitions = 4) => EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(TestEvents.Topic, partitions)] });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
