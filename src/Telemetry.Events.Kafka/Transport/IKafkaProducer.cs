using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>One librdkafka client that produces. It has failed for good, or works until it is disposed.</summary>
internal interface IKafkaProducer : IAsyncDisposable
{
    /// <summary>After a fatal error an idempotent producer refuses everything (librdkafka issue 3584): it is to be replaced.</summary>
    bool HasFailed { get; }

    /// <inheritdoc cref="IEventTransport.SendAsync"/>
    ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken);

    /// <summary>Waits a while for what is on its way, and disposes the producer.</summary>
    ValueTask RetireAsync();
}
