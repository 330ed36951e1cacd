using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.RestLoad;

/// <summary>
/// The transport as a service has it, fed as the publisher feeds it: batches of 10,000 events, one after another for each of so many
/// delivery classes, which share the requests in flight.
/// </summary>
internal sealed class TransportPath : ILoadPath
{
    private readonly ServiceProvider _services;
    private readonly IEventTransport _transport;
    private readonly (OutgoingEvent[] Batch, DeliveryOutcome[] Outcomes)[] _classes;

    public TransportPath(Uri address, int recordsPerRequest, int inFlight, int eventsPerCall, int deliveryClasses)
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
        _classes = [.. Enumerable.Range(0, deliveryClasses).Select(_ => (Sample.Batch(eventsPerCall), new DeliveryOutcome[eventsPerCall]))];
    }

    public string Name => $"Telemetry.Events.RestProxy, {_classes.Length} delivery class{(_classes.Length > 1 ? "es" : "")}";

    public async Task<long> SendAsync(long records)
    {
        var left = records;
        var counts = await Task.WhenAll(_classes.Select(async entry =>
        {
            var delivered = 0L;
            while (Interlocked.Add(ref left, -entry.Batch.Length) >= 0)
            {
                Array.Clear(entry.Outcomes);
                await _transport.SendAsync(entry.Batch, entry.Outcomes, CancellationToken.None);
                delivered += entry.Outcomes.Count(outcome => outcome.Status == DeliveryStatus.Delivered);
            }

            return delivered;
        }));
        return counts.Sum();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
