using DuckDB.NET.Data;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>The embedded store: one DuckDB file, for one Collector.</summary>
public sealed class DuckDbRunStore : IRunStore, IDisposable
{
    private readonly DuckDbDatabase _database;
    private readonly TimeSpan _settleDelay;

    private DuckDbRunStore(DuckDbDatabase database, TimeSpan settleDelay)
    {
        _database = database;
        _settleDelay = settleDelay;
    }

    /// <summary>Opens the file, creates it where missing, and brings its tables up to date.</summary>
    /// <param name="path">A file, relative to the working directory; or <c>:memory:</c>, for tests.</param>
    /// <param name="settleDelay">How long after its finish a run's measurement is due; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    /// <exception cref="StartupException">The file cannot be opened; the message says why and what helps.</exception>
    public static DuckDbRunStore Open(string path, TimeSpan settleDelay)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(settleDelay, TimeSpan.Zero);
        return new DuckDbRunStore(DuckDbDatabase.Open(path == DuckDbDatabase.InMemory ? path : Path.GetFullPath(path)), settleDelay);
    }

    public Task ApplyAsync(
        IReadOnlyList<ConsumedRunEvent> events, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(deadLetters);
        return _database.WriteAsync(
            connection =>
            {
                var ids = events.Select(consumed => RunId.For(consumed.Event.Kind, consumed.Event.TaskId)).Distinct().ToList();
                var batch = PairedBatch.From(ids.Count == 0 ? [] : RunTable.ReadAll(connection, ids), events);
                RunTable.Write(connection, batch.Changed);
                DeadLetterTable.Insert(connection, [.. deadLetters, .. batch.Refused]);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<Run>>(
            connection => connection.Query(
                $"""
                WITH waiting AS (
                  SELECT *, greatest(finished_at + to_microseconds($settle), coalesce(next_attempt_at, finished_at)) AS due_at
                  FROM runs WHERE state = 'finished')
                SELECT {RunTable.Columns} FROM waiting WHERE due_at <= $now ORDER BY due_at, run_id LIMIT $limit
                """,
                RunTable.Read,
                ("settle", (long)_settleDelay.TotalMicroseconds),
                ("now", now.UtcDateTime),
                ("limit", limit)),
            cancellationToken);

    public Task<IReadOnlyList<Run>> FindOverlappingAsync(
        string node, TimeWindow window, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<Run>>(
            connection => connection.Query(
                $"""
                SELECT {RunTable.Columns} FROM runs
                WHERE node = $node AND started_at < $to AND (finished_at IS NULL OR finished_at > $from)
                ORDER BY started_at, run_id
                """,
                RunTable.Read,
                ("node", node),
                ("from", window.Start.UtcDateTime),
                ("to", window.Finish.UtcDateTime)),
            cancellationToken);

    public Task SaveMeasurementAsync(string runId, Measurement measurement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var state = measurement.NoDataReason is null ? RunState.Measured : RunState.NoData;
        return _database.WriteAsync(
            connection =>
            {
                var closed = connection.Execute(
                    """
                    UPDATE runs SET state = $state, state_reason = $reason, measure_attempts = measure_attempts + 1, next_attempt_at = NULL
                    WHERE run_id = $id AND state = 'finished'
                    """,
                    ("state", RunStateNames.Of(state)),
                    ("reason", measurement.NoDataReason),
                    ("id", runId));
                if (closed == 1)
                {
                    MetricTable.Insert(connection, runId, measurement.Metrics);
                    ValueTable.Insert(connection, runId, measurement.Values);
                }
                else
                {
                    RequireBothEvents(connection, runId);
                }
            },
            cancellationToken);
    }

    public Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection =>
            {
                // The same call again is told by its moment and reason, so that it does not count as another attempt.
                var postponed = connection.Execute(
                    """
                    UPDATE runs SET state_reason = $reason, measure_attempts = measure_attempts + 1, next_attempt_at = $next
                    WHERE run_id = $id AND state = 'finished'
                      AND (next_attempt_at IS DISTINCT FROM $next OR state_reason IS DISTINCT FROM $reason)
                    """,
                    ("reason", reason),
                    ("next", nextAttemptAt.UtcDateTime),
                    ("id", runId));
                if (postponed == 0)
                    RequireBothEvents(connection, runId);
            },
            cancellationToken);

    public Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _database.ReadAsync(
            connection => ValueTable.Attach(connection, MetricTable.Attach(connection, connection.Query(
                $"""
                SELECT {RunTable.Columns} FROM runs
                WHERE ($user IS NULL OR user_id = $user)
                  AND ($task IS NULL OR task_id = $task)
                  AND ($state IS NULL OR state = $state)
                  AND ($from IS NULL OR coalesce(started_at, finished_at) >= $from)
                  AND ($to IS NULL OR coalesce(started_at, finished_at) < $to)
                ORDER BY coalesce(started_at, finished_at) DESC, run_id LIMIT $limit
                """,
                RunTable.Read,
                ("user", filter.UserId),
                ("task", filter.TaskId),
                ("state", filter.State is { } state ? RunStateNames.Of(state) : null),
                ("from", filter.From?.UtcDateTime),
                ("to", filter.To?.UtcDateTime),
                ("limit", filter.Limit)))),
            cancellationToken);
    }

    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _database.ReadAsync(
            connection => ValueTable.Attach(connection, MetricTable.Attach(connection, RunTable.ReadAll(connection, [runId]))).SingleOrDefault(),
            cancellationToken);
    }

    public Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<DeadLetter>>(connection => DeadLetterTable.Newest(connection, limit), cancellationToken);

    public Task<StoreCounts> CountAsync(CancellationToken cancellationToken) => _database.ReadAsync(
        connection =>
        {
            var counted = connection.Query("SELECT state, count(*) FROM runs GROUP BY state", row => (row.GetString(0), row.GetInt64(1)))
                .ToDictionary();
            var deadLetters = connection.Query("SELECT count(*) FROM dead_letters", row => row.GetInt64(0))[0];
            return new StoreCounts(
                Enum.GetValues<RunState>().ToDictionary(state => state, state => counted.GetValueOrDefault(RunStateNames.Of(state))),
                deadLetters);
        },
        cancellationToken);

    /// <summary>Closes the file after the write under way.</summary>
    public void Dispose() => _database.Dispose();

    // A run that is closed already was reached by the same call before; anything else is the caller's mistake.
    private static void RequireBothEvents(DuckDBConnection connection, string runId)
    {
        if (RunTable.ReadAll(connection, [runId]) is not [{ State: not RunState.Open }])
            throw new InvalidOperationException($"There is no finished run '{runId}' to measure.");
    }
}
