using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>What one error means for an event.</summary>
/// <param name="Code">librdkafka's code.</param>
/// <param name="Status">What became of the event.</param>
/// <param name="Reason">The reason in metrics and logs; a contract.</param>
internal sealed record KafkaErrorEntry(ErrorCode Code, DeliveryStatus Status, string Reason);
