using System.Globalization;
using Confluent.Kafka;
using Telemetry.Events;
using Telemetry.Events.Transport;

namespace Telemetry.Collector.Tests.Completeness;

/// <summary>Sends to Kafka as a transport does, but loses some events of class Telemetry that it says are delivered: a broker that lost its disk.</summary>
internal sealed class LosingTransport(string brokers, long firstLost, long lastLost) : IEventTransport
{
    private readonly IProducer<byte[], byte[]> _producer =
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = brokers }).Build();

    public string Name => "losing";

    public static long SequenceOf(ReadOnlyMemory<byte> body)
    {
        Assert.True(EventEnvelopeReader.TryRead(body, out var envelope, out var error), error);
        return long.Parse(envelope.GetAttribute(EnvelopeAttributes.Sequence)!, CultureInfo.InvariantCulture);
    }

    public async ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var outgoing = batch.Span[i];
            var isLost = outgoing.Topic == "app_readings" && SequenceOf(outgoing.Body) is var sequence && sequence >= firstLost && sequence <= lastLost;
            if (!isLost)
            {
                await _producer.ProduceAsync(
                    outgoing.Topic, new Message<byte[], byte[]> { Key = outgoing.Key.ToArray(), Value = outgoing.Body.ToArray() }, cancellationToken);
            }

            outcomes.Span[i] = DeliveryOutcome.Delivered();
        }
    }

    public ValueTask DisposeAsync()
    {
        _producer.Flush(TimeSpan.FromSeconds(10));
        _producer.Dispose();
        return ValueTask.CompletedTask;
    }
}
