using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Takes the stream of usage events. Records of one partition come in their order and each once; partitions may come from several threads.</summary>
internal interface IUsageSink
{
    /// <summary>The stream begins here; nothing was applied before. What is below is read from the store only.</summary>
    void Begin(UsagePositions positions);

    /// <summary>Applies a record of a usage topic. It keeps nothing of the span, and allocates nothing in steady state.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="timestamp">The record's timestamp, Unix milliseconds.</param>
    /// <param name="value">The event's bytes.</param>
    UsageOutcome Apply(string topic, int partition, long offset, long timestamp, ReadOnlySpan<byte> value);

    /// <summary>The store has moved on: what is below is in it now. Never goes back.</summary>
    void StoredUpTo(UsagePositions positions);

    /// <summary>The stream has reached what were its ends at the start: answers may be given.</summary>
    void CaughtUp();
}
