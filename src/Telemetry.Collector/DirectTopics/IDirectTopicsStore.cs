using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.DirectTopics.Audit;
using Telemetry.Collector.DirectTopics.Proof;

namespace Telemetry.Collector.DirectTopics;

/// <summary>
/// What the API asks of the tables of the direct topics, wherever they are. Safe for use from any thread. A failure of the engine is a
/// <see cref="System.Data.Common.DbException"/>.
/// </summary>
internal interface IDirectTopicsStore
{
    /// <summary>Audit events that match, newest first, each once.</summary>
    Task<IReadOnlyList<AuditRecord>> FindAuditAsync(AuditFilter filter, CancellationToken cancellationToken);

    /// <summary>Dead letters that were not replayed, newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Keeps records that could not be used. One that is there already stays as it is.</summary>
    Task AddDeadLettersAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>
    /// Decodes a topic's dead letters again: those that are good now become rows, at the offsets that they came from. Doing it twice
    /// changes nothing.
    /// </summary>
    Task<ReplayResult> ReplayAsync(string topic, CancellationToken cancellationToken);

    /// <summary>What is stored of each partition, from an offset on: the parts of the proof that Kafka does not know.</summary>
    Task<IReadOnlyList<StoredPartition>> CountAsync(IReadOnlyList<PartitionRange> ranges, CancellationToken cancellationToken);
}
