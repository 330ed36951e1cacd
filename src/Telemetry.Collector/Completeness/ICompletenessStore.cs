namespace Telemetry.Collector.Completeness;

/// <summary>
/// Keeps what has arrived and what producers report. Writes are idempotent. From any thread; a failure of the engine is thrown as a
/// <see cref="System.Data.Common.DbException"/>, and nothing is half-written then.
/// </summary>
public interface ICompletenessStore : IArrivedSequences
{
    /// <summary>Adds what a batch brought, in one transaction. A report that is older than the one that is kept changes nothing.</summary>
    Task AddAsync(
        IReadOnlyDictionary<ProducerClassKey, ArrivedEvents> arrived, IReadOnlyCollection<ReceivedReport> reports, CancellationToken cancellationToken);

    /// <summary>The newest report of each producer that is not forgotten.</summary>
    Task<IReadOnlyList<ReceivedReport>> FindReportsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes producers that had no event since.</summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
