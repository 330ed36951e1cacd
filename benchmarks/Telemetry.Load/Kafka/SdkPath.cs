using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Kafka;

namespace Telemetry.Load.Kafka;

/// <summary>The whole way: a typed event, checked, stamped, encoded, buffered, sent, settled, entered in the ledger.</summary>
internal sealed class SdkPath : IKafkaPath
{
    private readonly ServiceProvider _services;
    private readonly IEventPublisher _publisher;

    public SdkPath(string address, LoadOptions options)
    {
        _services = SdkServices.Build(address, options, KafkaClient.Native);
        _publisher = _services.GetRequiredService<IEventPublisher>();
    }

    public string Name => "SDK, Publish to delivered";

    public async Task SendAsync(int events)
    {
        var samples = Sample.Events;
        for (var i = 0; i < events; i++)
        {
            // As the bare client's loop does where its queue is full.
            while (!_publisher.Publish(samples[i % samples.Length]).IsAccepted)
                Thread.Sleep(1);
        }

        var ledger = await _publisher.FlushAsync(Timeout.InfiniteTimeSpan);
        var usage = ledger[DeliveryClass.Usage];
        if (usage.InFlight != 0 || usage.Accepted != usage.Delivered)
            throw new InvalidOperationException($"The ledger is not closed: {ledger}");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
