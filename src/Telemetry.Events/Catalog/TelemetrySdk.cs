namespace Telemetry.Events.Catalog;

/// <summary>
/// What a producer has accepted and what became of it, from its start until the moment before this event: the event itself is not in
/// its numbers, and is in those of the next one.
/// </summary>
/// <param name="Producer">The producer: one id a process start, as in the envelope; subject and partition key.</param>
/// <param name="Final">Whether the producer says nothing more: it has stopped, and this is the last event of its class.</param>
/// <param name="IntervalSeconds">Seconds until the next report at most, unless this is the final one. At least 1.</param>
/// <param name="Classes">One entry for each delivery class.</param>
[TelemetryEvent("telemetry.producer.report", Topic = "telemetry_producer", Delivery = DeliveryClass.Usage)]
public readonly partial record struct TelemetryProducerReport(
    [EventSubject, EventPartitionKey] string Producer,
    bool Final,
    long IntervalSeconds,
    IReadOnlyList<ProducerClassReport> Classes);

/// <summary>One delivery class in a <see cref="TelemetryProducerReport"/>.</summary>
/// <remarks>
/// <c>LastSequence - Delivered - Spooled - (all Dropped)</c> events are on their way, or lost by a kill. <c>Accepted</c> may be above
/// <c>LastSequence</c>: an event of class Usage or Telemetry gets its sequence some milliseconds after it was accepted.
/// </remarks>
/// <param name="Delivery">The class.</param>
/// <param name="FirstSequence">The first sequence number given; 0 where there is none yet.</param>
/// <param name="LastSequence">The last sequence number given; 0 where there is none yet.</param>
/// <param name="Accepted">Events accepted.</param>
/// <param name="Delivered">Events that a broker acknowledged.</param>
/// <param name="Spooled">Accepted events that wait on disk; a later process sends them, under this producer's id.</param>
/// <param name="Recovered">Events of earlier processes, with the ids of those producers, that this one found on disk.</param>
/// <param name="Redelivered">Of these, the ones that a broker acknowledged.</param>
/// <param name="RecoveredDropped">Of these, the ones that were given up.</param>
/// <param name="Topics">The topics of the class's events so far, sorted: who does not read all of them cannot tell what is missing.</param>
/// <param name="Dropped">Accepted events that were given up, by reason.</param>
[EventPayload]
public readonly partial record struct ProducerClassReport(
    DeliveryClass Delivery,
    long FirstSequence,
    long LastSequence,
    long Accepted,
    long Delivered,
    long Spooled,
    long Recovered,
    long Redelivered,
    long RecoveredDropped,
    IReadOnlyList<string> Topics,
    IReadOnlyList<ProducerDropCount> Dropped);

/// <summary>How many events were given up for one reason, and which.</summary>
/// <param name="Reason">The reason, in snake_case.</param>
/// <param name="Count">Events given up for it.</param>
/// <param name="Ranges">
/// Their sequences, as far as the producer remembers them: not those given up after they had been on disk, and at most the 256 highest
/// ranges of a reason.
/// </param>
[EventPayload]
public readonly partial record struct ProducerDropCount(
    string Reason,
    long Count,
    IReadOnlyList<ProducerSequenceRange> Ranges);

/// <summary>Sequences that follow each other.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
[EventPayload]
public readonly partial record struct ProducerSequenceRange(
    long First,
    long Last);
