using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Kafka;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Load.Kafka;

/// <summary>The transport alone: batches of 10,000 ready events, one after the other, as the publisher sends them.</summary>
internal sealed class TransportPath : IKafkaPath
{
    private const int BatchSize = 10_000;
    private const int BlockBytes = 64 << 10;

    private readonly ServiceProvider _services;
    private readonly IEventTransport _transport;
    private readonly OutgoingEvent[] _batch;
    private readonly DeliveryOutcome[] _outcomes = new DeliveryOutcome[BatchSize];

    public TransportPath(string address, LoadOptions options, IReadOnlyList<ReceivedEvent> ready, KafkaClient client)
    {
        _services = SdkServices.Build(address, options, client);
        _transport = _services.GetRequiredService<IEventTransport>();
        _batch = LayOut(ready);
        Name = $"transport alone, {client.ToString().ToLowerInvariant()}";
    }

    public string Name { get; }

    public async Task SendAsync(int events)
    {
        for (var sent = 0; sent < events; sent += BatchSize)
        {
            var count = Math.Min(BatchSize, events - sent);
            Array.Clear(_outcomes);
            await _transport.SendAsync(_batch.AsMemory(0, count), _outcomes.AsMemory(0, count), CancellationToken.None);
            foreach (var outcome in _outcomes.AsSpan(0, count))
            {
                if (outcome.Status != DeliveryStatus.Delivered)
                    throw new InvalidOperationException($"Not delivered: {outcome}");
            }
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Side by side in blocks, as the publisher holds them.</summary>
    private static OutgoingEvent[] LayOut(IReadOnlyList<ReceivedEvent> ready)
    {
        var batch = new OutgoingEvent[BatchSize];
        var block = new byte[BlockBytes];
        var used = 0;
        for (var i = 0; i < batch.Length; i++)
        {
            var sample = ready[i % ready.Count];
            var key = Encoding.UTF8.GetBytes(sample.Key!);
            if (used + sample.Body.Length + key.Length > block.Length)
                (block, used) = (new byte[BlockBytes], 0);
            var place = block.AsMemory(used, sample.Body.Length + key.Length);
            sample.Body.CopyTo(place);
            key.CopyTo(place[sample.Body.Length..]);
            batch[i] = new OutgoingEvent(sample.Id, BrokerProcess.Topic, place[sample.Body.Length..], place[..sample.Body.Length]);
            used += place.Length;
        }

        return batch;
    }
}
