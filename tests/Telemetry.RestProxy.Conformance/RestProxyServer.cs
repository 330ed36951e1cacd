using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Telemetry.RestProxy.Conformance.Dialects;
using Telemetry.RestProxy.Conformance.Hosting;
using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance;

/// <summary>
/// A REST proxy in front of Kafka, written from the public specifications of Confluent's and Strimzi's, that fails on
/// command. Listens on the loopback address only. All members may be called from any thread.
/// </summary>
public sealed class RestProxyServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly IRecordStore _store;
    private readonly RequestLog _log;
    private readonly OpenConnections _connections;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private RestProxyServer(
        WebApplication host, IRecordStore store, RestFaults faults, RequestLog log, OpenConnections connections,
        CancellationTokenSource stopping)
    {
        _host = host;
        _store = store;
        _log = log;
        _connections = connections;
        _stopping = stopping;
        Faults = faults;
        BaseAddress = new Uri(host.Urls.Single());
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41234/</c>; <see cref="RestProxyServerOptions.PathPrefix"/> comes behind.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The faults that wait for requests.</summary>
    public RestFaults Faults { get; }

    /// <summary>The newest requests in the order in which they began. A request is here before its answer ends.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>The TCP connections that are open now.</summary>
    public int OpenConnections => _connections.Now;

    /// <summary>The TCP connections since the start.</summary>
    public int TotalConnections => _connections.Ever;

    /// <summary>Starts a server; it answers when the task ends.</summary>
    /// <param name="options">What it speaks, and to whom.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<RestProxyServer> StartAsync(RestProxyServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        var bootstrapServers = options.Kafka?.BootstrapServers ?? options.BootstrapServers;
        IRecordStore store = bootstrapServers is null
            ? new SinkRecordStore(options.SinkTopics)
            : new KafkaRecordStore(bootstrapServers, options);
        var faults = new RestFaults();
        var log = new RequestLog(options.MaxLoggedRequests);
        var connections = new OpenConnections();
        var stopping = new CancellationTokenSource();
        var api = CreateApi(options.Dialect, new RestApiServices(store, faults, connections, options.TimeProvider, options.MaxRequestBytes));
        var pipeline = new RequestPipeline(options, api, new ControlEndpoint(faults, log, connections), log, stopping.Token);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, connections));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var host = builder.Build();
        host.Run(pipeline.HandleAsync);
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            store.Dispose();
            throw;
        }

        return new RestProxyServer(host, store, faults, log, connections, stopping);
    }

    /// <summary>Cuts the requests that are under way and frees the port.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _stopping.CancelAsync();
        await _host.StopAsync();
        await _host.DisposeAsync();
        await Task.Run(_store.Dispose);
        _stopping.Dispose();
    }

    private static RestApi CreateApi(RestDialect dialect, RestApiServices services) => dialect switch
    {
        RestDialect.ConfluentV2 => new ConfluentV2Api(services),
        RestDialect.ConfluentV3 => new ConfluentV3Api(services),
        RestDialect.Strimzi => new StrimziApi(services),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "There is no such dialect."),
    };

    private static void Configure(KestrelServerOptions kestrel, RestProxyServerOptions options, OpenConnections connections)
    {
        kestrel.AddServerHeader = false;
        // The options' own limit applies, and a test may be as slow as it likes.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 8 * 1024 * 1024;
        kestrel.Limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
        kestrel.Listen(IPAddress.Loopback, options.Port, endpoint =>
        {
            endpoint.Protocols = options.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
            endpoint.Use(connections.Track);
        });
    }
}
