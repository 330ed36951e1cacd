namespace Telemetry.Events.Catalog;

/// <summary>What a producer has accepted and what became of it, from its start until now.</summary>
/// <param name="Producer">The producer: one id a process start, as in the envelope; subject and partition key.</param>
/// <param name="Classes">One entry for each delivery class.</param>
[TelemetryEvent("telemetry.producer.report", Topic = "telemetry_producer", Delivery = DeliveryClass.Usage)]
public readonly partial record struct TelemetryProducerReport(
    [EventSubject, EventPartitionKey] string Producer,
    IReadOnlyList<ProducerClassReport> Classes);

/// <summary>One delivery class in a <see cref="TelemetryProducerReport"/>.</summary>
/// <param name="Delivery">The class.</param>
/// <param name="FirstSequence">The first sequence number given; 0 where there is none yet.</param>
/// <param name="LastSequence">The last sequence number given; 0 where there is none yet.</param>
/// <param name="Accepted">Events accepted.</param>
/// <param name="Delivered">Events that a broker acknowledged.</param>
/// <param name="Spooled">Accepted events that wait on disk.</param>
/// <param name="Dropped">Accepted events that were given up, by reason.</param>
[EventPayload]
public readonly partial record struct ProducerClassReport(
    DeliveryClass Delivery,
    long FirstSequence,
    long LastSequence,
    long Accepted,
    long Delivered,
    long Spooled,
    IReadOnlyList<ProducerDropCount> Dropped);

/// <summary>How many events were given up for one reason.</summary>
/// <param name="Reason">The reason, in snake_case.</param>
/// <param name="Count">Events given up for it.</param>
[EventPayload]
public readonly partial record struct ProducerDropCount(
    string Reason,
    long Count);
