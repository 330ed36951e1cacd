using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.RestLoad;

/// <summary>
/// The transport as a service has it, fed as the publisher feeds it: for each delivery class as many calls at a time as the transport takes,
/// each with events of other keys, which stand in memory in the order in which they are sent.
/// </summary>
internal sealed class TransportPath : ILoadPath
{
    private readonly ServiceProvider _services;
    private readonly IEventTransport _transport;
    private readonly int _eventsPerCall;
    private readonly int _deliveryClasses;
    private readonly (OutgoingEvent[] Events, DeliveryOutcome[] Outcomes)[] _groups;

    public TransportPath(Uri address, int recordsPerRequest, int inFlight, int events, int deliveryClasses)
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
        _eventsPerCall = _transport.Parallelism.EventsPerBatch;
        _deliveryClasses = deliveryClasses;
        _groups =
        [
            .. Enumerable.Range(0, deliveryClasses).SelectMany(_ => Sample.Groups(events, _transport.Parallelism.Batches))
                .Select(group => (group, new DeliveryOutcome[_eventsPerCall])),
        ];
    }

    public string Name => $"Telemetry.Events.RestProxy, {_deliveryClasses} delivery class{(_deliveryClasses > 1 ? "es" : "")}";

    public async Task<long> SendAsync(long records)
    {
        var left = records;
        var counts = await Task.WhenAll(_groups.Select(async group =>
        {
            var delivered = 0L;
            var outcomes = group.Outcomes;
            for (var next = 0; Interlocked.Add(ref left, -_eventsPerCall) >= 0; next += _eventsPerCall)
            {
                if (next + _eventsPerCall > group.Events.Length)
                    next = 0;
                Array.Clear(outcomes);
                await _transport.SendAsync(group.Events.AsMemory(next, _eventsPerCall), outcomes, CancellationToken.None);
                delivered += Count(outcomes);
            }

            return delivered;
        }));
        return counts.Sum();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static int Count(DeliveryOutcome[] outcomes)
    {
        var delivered = 0;
        foreach (ref readonly var outcome in outcomes.AsSpan())
            delivered += outcome.Status == DeliveryStatus.Delivered ? 1 : 0;
        return delivered;
    }
}
