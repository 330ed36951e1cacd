using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.RestLoad;

/// <summary>The transport as a service has it, fed as the publisher feeds it: 10,000 events a call.</summary>
internal sealed class TransportPath : ILoadPath
{
    private readonly ServiceProvider _services;
    private readonly IEventTransport _transport;
    private readonly OutgoingEvent[] _batch;
    private readonly DeliveryOutcome[] _outcomes;

    public TransportPath(Uri address, int recordsPerRequest, int inFlight, int eventsPerCall)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options => options.ServiceName = "rest-load").AddRestProxy(options =>
        {
            options.Url = address.ToString();
            options.MaxBatchRecords = recordsPerRequest;
            options.MaxConnections = inFlight;
        });
        _services = services.BuildServiceProvider();
        _transport = _services.GetRequiredService<IEventTransport>();
        _batch = Sample.Batch(eventsPerCall);
        _outcomes = new DeliveryOutcome[eventsPerCall];
    }

    public string Name => "Telemetry.Events.RestProxy";

    public async Task<long> SendAsync(long records)
    {
        var delivered = 0L;
        for (var sent = 0L; sent < records; sent += _batch.Length)
        {
            Array.Clear(_outcomes);
            await _transport.SendAsync(_batch, _outcomes, CancellationToken.None);
            delivered += _outcomes.Count(outcome => outcome.Status == DeliveryStatus.Delivered);
        }

        return delivered;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
