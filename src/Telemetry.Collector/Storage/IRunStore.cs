using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Storage;

/// <summary>
/// Keeps runs and dead letters, and is the queue of what is left to do. Every write is idempotent: the same call made
/// twice leaves the same rows. All members may be called from any thread. A failure of the engine is thrown to the caller
/// as a <see cref="System.Data.Common.DbException"/>; the caller retries. What a failed or cancelled write leaves is what was there before, or
/// what the same call made again completes; nobody sees a run with a part of its figures.
/// </summary>
public interface IRunStore
{
    /// <summary>
    /// Pairs the events into runs and keeps the dead letters; all of it is durable when the call returns. Events come in any order and more
    /// than once. An event that contradicts what its run already has (a second, different start) becomes a dead letter.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<ConsumedRunEvent> events, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken);

    /// <summary>Runs whose next stage is due at <paramref name="now"/>, longest due first; without their figures.</summary>
    Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The times of the node's runs that were under way at some time of the window, in order of their start. A run
    /// without a finish is under way to its evidence, or without end; one without a start never was.
    /// </summary>
    Task<IReadOnlyList<RunTime>> FindOverlappingAsync(string node, TimeWindow window, CancellationToken cancellationToken);

    /// <summary>
    /// Takes each measurement to its run and sets the next stage. One whose stage is over, or whose
    /// window is not the run's any more, changes nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A run is unknown; nothing is written.</exception>
    Task SaveMeasurementsAsync(IReadOnlyList<RunMeasurement> measurements, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves a run to its next stage, with the reason why the measurement failed and the moment of the next try, and counts
    /// the attempt. A run that has no next stage stays as it is.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run is unknown.</exception>
    Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken);

    /// <summary>The runs that match, with their metrics, newest first.</summary>
    Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>The run with its metrics, or null.</summary>
    Task<Run?> GetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Measured runs, and those without data, whose start is in the time from <paramref name="since"/> to before <paramref name="until"/>, by id.
    /// </summary>
    /// <param name="since">The first start.</param>
    /// <param name="until">Behind the last start.</param>
    /// <param name="afterId">Ids up to this one are left out; null for none.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<Run>> FindMeasuredAsync(
        DateTimeOffset since, DateTimeOffset until, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>All revisions of a run, oldest first; of the present one, with how it was made.</summary>
    Task<IReadOnlyList<RunRevision>> GetRevisionsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Sums over runs, by key in order of text; runs without the key are under null, first.</summary>
    Task<IReadOnlyList<RunAggregate>> AggregateAsync(RunAggregateQuery query, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Rows by run state, and the number of dead letters, for /metrics.</summary>
    Task<StoreCounts> CountAsync(CancellationToken cancellationToken);
}
