namespace Telemetry.Collector.Completeness;

/// <summary>
/// Knows which sequences have arrived, of the topics that it reads. There may be several, each for its topics; what they know is united.
/// </summary>
/// <remarks>
/// The Collector's own store knows those that the Collector reads. For topics that ClickHouse reads by itself, one over the landing tables
/// answers by <c>SELECT</c>: the ranges of <c>sequence</c> by <c>producer</c>, the class following from the topic. From any thread; a
/// failure of the engine is thrown as a <see cref="System.Data.Common.DbException"/>.
/// </remarks>
public interface IArrivedSequences
{
    /// <summary>The topics whose events it knows, compared ordinally.</summary>
    IReadOnlyCollection<string> Topics { get; }

    /// <summary>What has arrived of the producers that had an event between two times.</summary>
    /// <param name="since">Producers whose newest event is not older.</param>
    /// <param name="before">Producers whose oldest event is older.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>All that is known of these producers, events outside the times included.</returns>
    Task<IReadOnlyDictionary<ProducerClassKey, ArrivedEvents>> FindAsync(
        DateTimeOffset since, DateTimeOffset before, CancellationToken cancellationToken);
}
