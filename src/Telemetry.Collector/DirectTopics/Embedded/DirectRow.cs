using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Embedded;

/// <summary>A record as a row of its topic's table.</summary>
/// <param name="Event">The record.</param>
/// <param name="Time">When it happened, in whole milliseconds, as ClickHouse's column has it.</param>
/// <param name="Sequence">0 where the producer counts nothing.</param>
/// <param name="Values">The payload's columns, in the schema's order; null where the event has no such field.</param>
internal sealed record DirectRow(ConsumedEvent Event, DateTime Time, ulong Sequence, IReadOnlyList<object?> Values);
