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
    private readonly RunSchedule _schedule;

    private DuckDbRunStore(DuckDbDatabase database, RunSchedule schedule)
    {
        _database = database;
        _schedule = schedule;
    }

    /// <summary>Opens the file, creates it where missing, and brings its tables up to date.</summary>
    /// <param name="path">A file, relative to the working directory; or <c>:memory:</c>, for tests.</param>
    /// <param name="schedule">When runs are due.</param>
    /// <exception cref="StartupException">The file cannot be opened; the message says why and what helps.</exception>
    public static DuckDbRunStore Open(string path, RunSchedule schedule)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(schedule);
        return new DuckDbRunStore(DuckDbDatabase.Open(path == DuckDbDatabase.InMemory ? path : Path.GetFullPath(path)), schedule);
    }

    public Task ApplyAsync(
        IReadOnlyList<ConsumedRunEvent> events, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(deadLetters);
        return _database.WriteAsync(
            connection =>
            {
                // No stored task has U+0000 in its id; as a parameter it would not be let through.
                var tasks = events.Select(consumed => consumed.Event.TaskId).Where(id => !id.Contains('\0')).Distinct().ToList();
                var batch = tasks.Count == 0
                    ? PairedBatch.From([], [], events)
                    : PairedBatch.From(RunTable.ReadTasks(connection, tasks), EventTable.ReadTasks(connection, tasks), events);
                EventTable.Insert(connection, batch.NewEvents);
                RunTable.Delete(connection, batch.RemovedIds);
                RunTable.Write(connection, [.. batch.Changed.Select(_schedule.First)]);
                DeadLetterTable.Insert(connection, [.. deadLetters, .. batch.Refused]);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<Run>>(
            connection => connection.Query(
                $"""
                SELECT {RunRow.Columns} FROM runs
                WHERE next_stage IS NOT NULL AND due_at <= $now ORDER BY due_at, run_id LIMIT $limit
                """,
                RunRow.Read,
                ("now", now.UtcDateTime),
                ("limit", limit)),
            cancellationToken);

    public Task<IReadOnlyList<RunTime>> FindOverlappingAsync(
        string node, TimeWindow window, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<RunTime>>(
            connection => connection.Query(
                """
                SELECT run_id, started_at, coalesce(finished_at, evidence_at) FROM runs
                WHERE node = $node AND started_at < $to AND coalesce(finished_at, evidence_at, $to) > $from
                ORDER BY started_at, run_id
                """,
                row => new RunTime(row.GetString(0), row.GetUtc(1)!.Value, row.GetUtc(2)),
                ("node", node),
                ("from", window.Start.UtcDateTime),
                ("to", window.Finish.UtcDateTime)),
            cancellationToken);

    public Task SaveMeasurementsAsync(IReadOnlyList<RunMeasurement> measurements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        return _database.WriteAsync(connection => Save(connection, measurements), cancellationToken);
    }

    public Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection =>
            {
                // The same call again is told by its moment and reason, so that it does not count as another attempt.
                var postponed = connection.Execute(
                    """
                    UPDATE runs SET state_reason = $reason, measure_attempts = measure_attempts + 1, due_at = greatest(due_at, $next)
                    WHERE run_id = $id AND next_stage IS NOT NULL
                      AND (due_at < $next OR state_reason IS DISTINCT FROM $reason)
                    """,
                    ("reason", reason),
                    ("next", nextAttemptAt.UtcDateTime),
                    ("id", runId));
                if (postponed == 0 && RunTable.ReadAll(connection, [runId]).Count == 0)
                    throw Unknown(runId);
            },
            cancellationToken);

    public Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _database.ReadAsync(
            connection => WithFigures(connection, connection.Query(
                $"""
                SELECT {RunRow.Columns} FROM runs WHERE {RunQuery.Condition}
                ORDER BY coalesce(started_at, finished_at) DESC, run_id LIMIT $limit
                """,
                RunRow.Read,
                [.. RunQuery.Parameters(filter), ("limit", filter.Limit)])),
            cancellationToken);
    }

    public Task<IReadOnlyList<Run>> FindMeasuredAsync(
        DateTimeOffset since, DateTimeOffset until, string? afterId, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<Run>>(
            connection => connection.Query(
                $"""
                SELECT {RunRow.Columns} FROM runs
                WHERE state IN ('measured', 'no_data') AND started_at >= $from AND started_at < $to AND run_id > $after
                ORDER BY run_id LIMIT $limit
                """,
                RunRow.Read,
                ("from", since.UtcDateTime),
                ("to", until.UtcDateTime),
                ("after", afterId ?? ""),
                ("limit", limit)),
            cancellationToken);

    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _database.ReadAsync(
            connection => WithFigures(connection, RunTable.ReadAll(connection, [runId])).SingleOrDefault(), cancellationToken);
    }

    public Task<IReadOnlyList<RunRevision>> GetRevisionsAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return _database.ReadAsync<IReadOnlyList<RunRevision>>(connection => RevisionTable.Of(connection, runId), cancellationToken);
    }

    public Task<IReadOnlyList<RunAggregate>> AggregateAsync(RunAggregateQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _database.ReadAsync(connection => AggregateQuery.Run(connection, query), cancellationToken);
    }

    public Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<DeadLetter>>(connection => DeadLetterTable.Newest(connection, limit), cancellationToken);

    public Task<StoreCounts> CountAsync(CancellationToken cancellationToken) => _database.ReadAsync(
        connection =>
        {
            var counted = connection.Query("SELECT state, count(*) FROM runs GROUP BY state", row => (row.GetString(0), row.GetInt64(1)))
                .ToDictionary();
            var deadLetters = connection.Query("SELECT count(*) FROM dead_letters", row => row.GetInt64(0))[0];
            return StoreCounts.From(counted, deadLetters);
        },
        cancellationToken);

    /// <summary>
    /// Deletes what began before a moment and has nothing left to be done, with its events, figures and revisions; and dead letters that
    /// came before it. The file does not shrink, but what is free in it is used again.
    /// </summary>
    /// <returns>How many runs.</returns>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var runs = 0;
        await _database.WriteAsync(connection => runs = Forget(connection, before.UtcDateTime), cancellationToken);
        return runs;
    }

    /// <summary>Closes the file after the write under way.</summary>
    public void Dispose() => _database.Dispose();

    private static int Forget(DuckDBConnection connection, DateTime before)
    {
        connection.Execute(
            """
            CREATE TEMP TABLE forgotten AS SELECT run_id, kind, task_id, start_event_id, finish_event_id FROM runs
            WHERE next_stage IS NULL AND coalesce(started_at, finished_at) < $before
            """,
            ("before", before));
        foreach (var table in new[] { "run_values", "run_metrics", "run_revisions" })
            connection.Execute($"DELETE FROM {table} WHERE run_id IN (SELECT run_id FROM forgotten)");
        var runs = connection.Execute("DELETE FROM runs WHERE run_id IN (SELECT run_id FROM forgotten)");
        // Else the next event of the task would bring them back.
        connection.Execute(
            """
            DELETE FROM run_events WHERE (kind, task_id, event_id) IN (
              SELECT kind, task_id, unnest([start_event_id, finish_event_id]) FROM forgotten)
            """);
        connection.Execute("DELETE FROM dead_letters WHERE received_at < $before", ("before", before));
        return runs;
    }

    private void Save(DuckDBConnection connection, IReadOnlyList<RunMeasurement> measurements)
    {
        var runs = WithFigures(connection, RunTable.ReadAll(connection, [.. measurements.Select(one => one.RunId).Distinct()]))
            .ToDictionary(run => run.Id, StringComparer.Ordinal);
        var revisions = new List<(Run Run, MeasurementExplanation? Explanation)>();
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (runId, measurement) in measurements)
        {
            var run = runs.TryGetValue(runId, out var known) ? known : throw Unknown(runId);
            if (MeasuredRow.From(run, measurement, _schedule) is not { } row)
                continue;
            runs[runId] = row.Run;
            changed.Add(runId);
            if (row.IsRevision)
                revisions.Add((row.Run, measurement.Explanation));
        }

        RunTable.WriteMeasured(connection, [.. changed.Select(id => runs[id])]);
        RevisionTable.Insert(connection, revisions);
        MetricTable.Insert(connection, [.. revisions.Select(revision => revision.Run)]);
        ValueTable.Insert(connection, [.. revisions.Select(revision => revision.Run)]);
    }

    private static IReadOnlyList<Run> WithFigures(DuckDBConnection connection, IReadOnlyList<Run> runs) =>
        ValueTable.Attach(connection, MetricTable.Attach(connection, runs));

    private static InvalidOperationException Unknown(string runId) => new($"There is no run '{runId}' to measure.");
}
