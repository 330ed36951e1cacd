using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Storage;

/// <summary>
/// Keeps runs and dead letters, and is the queue of what is left to do. Every write is idempotent: the same call made
/// twice leaves the same rows. All members may be called from any thread. A failure of the engine is thrown to the caller
/// as a <see cref="System.Data.Common.DbException"/>; the caller retries; nothing is half-written.
/// </summary>
public interface IRunStore
{
    /// <summary>
    /// Pairs the events into runs and keeps the dead letters, all in one transaction. Events come in any order and more
    /// than once. An event that contradicts what its run already has (a second, different start) becomes a dead letter.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<ConsumedRunEvent> events, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken);

    /// <summary>Runs in state finished whose measurement is due at <paramref name="now"/>, longest due first.</summary>
    Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Runs on the node that were under way at some time of the window, in order of their start; without their metrics. A run without a finish is under way without end, one without a start never was.
    /// </summary>
    Task<IReadOnlyList<Run>> FindOverlappingAsync(string node, TimeWindow window, CancellationToken cancellationToken);

    /// <summary>Closes a run as measured or as no_data. A run that is closed already keeps its first measurement.</summary>
    /// <exception cref="InvalidOperationException">The run is unknown, or one of its events is still missing.</exception>
    Task SaveMeasurementAsync(string runId, Measurement measurement, CancellationToken cancellationToken);

    /// <summary>
    /// Leaves a run finished, with the reason why the measurement failed and the moment of the next try, and counts the
    /// attempt. A run that is closed already stays as it is.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run is unknown, or one of its events is still missing.</exception>
    Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken);

    /// <summary>The runs that match, with their metrics, newest first.</summary>
    Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken);

    /// <summary>The run with its metrics, or null.</summary>
    Task<Run?> GetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Rows by run state, and the number of dead letters, for /metrics.</summary>
    Task<StoreCounts> CountAsync(CancellationToken cancellationToken);
}
