using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>
/// Runs in ClickHouse, which has no transactions. Events are written first and are the truth; rows follow from them, so that the same
/// batch again completes what a crash left undone. Figures are written before the row that points to them (docs/run-tables.md).
/// </summary>
internal sealed class ClickHouseRunStore : IRunStore, IDisposable
{
    private readonly ClickHouseDatabase _database;
    private readonly ClickHouseTables _tables;
    private readonly RunSchedule _schedule;
    private readonly EventTable _events;
    private readonly RunTable _runs;
    private readonly RevisionTable _revisions;
    private readonly ClickHouseDeadLetters _letters;

    // What is read is written again with a higher version: two of this process must not do it beside each other.
    private readonly SemaphoreSlim _writeGate = new(1, 1);

    /// <param name="tables">Makes the tables before they are used; the database is theirs.</param>
    /// <param name="schedule">When runs are due.</param>
    public ClickHouseRunStore(ClickHouseTables tables, RunSchedule schedule)
    {
        (_tables, _schedule, _database) = (tables, schedule, tables.Database);
        (_events, _runs, _revisions, _letters) = (new EventTable(_database), new RunTable(_database), new RevisionTable(_database), new ClickHouseDeadLetters(_database));
    }

    public Task ApplyAsync(
        IReadOnlyList<ConsumedRunEvent> consumedEvents, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(consumedEvents);
        ArgumentNullException.ThrowIfNull(deadLetters);
        return WriteAsync(
            async () =>
            {
                var tasks = consumedEvents.Select(consumed => consumed.Event).Where(PairedBatch.IsKept)
                    .Select(one => TaskKey.Of(one.Kind, one.TaskId)).Distinct().ToList();
                var events = await _events.ReadAsync(tasks, cancellationToken);
                var batch = PairedBatch.From([], events, consumedEvents);
                if (batch.NewEvents.Count > 0)
                    await _events.InsertAsync(batch.NewEvents, cancellationToken);
                events.AddRange(batch.NewEvents);
                while (await WriteRowsAsync(events, cancellationToken))
                {
                    // Another Collector may have written events of the same tasks meanwhile. Each looks again after it has written its
                    // rows: the later of the two sees the events, and the rows, of both.
                    var now = await _events.ReadAsync(tasks, cancellationToken);
                    if (now.Count == events.Count)
                        break;
                    events = now;
                }

                await _letters.AddAsync([.. deadLetters, .. batch.Refused], cancellationToken);
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<Run>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await _tables.PrepareAsync(cancellationToken);
        return Runs(await _runs.FindAsync(
            $"next_stage IS NOT NULL AND due_at <= {RunTable.Moment("now")}",
            "ORDER BY due_at, run_id LIMIT {limit:Int32}",
            cancellationToken,
            ("now", RunTable.Microseconds(now)),
            ("limit", limit)));
    }

    public async Task<IReadOnlyList<RunTime>> FindOverlappingAsync(string node, TimeWindow window, CancellationToken cancellationToken)
    {
        await _tables.PrepareAsync(cancellationToken);
        var found = await _runs.FindAsync(
            $$"""
            node = {node:String} AND started_at IS NOT NULL AND began_at < {{RunTable.Moment("to")}} AND ended_at > {{RunTable.Moment("from")}}
            """,
            "ORDER BY began_at, run_id",
            cancellationToken,
            ("node", node),
            ("from", RunTable.Microseconds(window.Start)),
            ("to", RunTable.Microseconds(window.Finish)));
        return [.. found.Select(row => new RunTime(row.Run.Id, row.Run.StartedAt!.Value, row.Run.EndedAt))];
    }

    public Task SaveMeasurementsAsync(IReadOnlyList<RunMeasurement> measurements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        return WriteAsync(
            async () =>
            {
                var stored = await _runs.ReadAsync(measurements.Select(one => one.RunId).Distinct(), cancellationToken);
                var rows = (await _revisions.AttachAsync(stored, cancellationToken)).ToDictionary(row => row.Run.Id, StringComparer.Ordinal);
                var revisions = new List<(Run Run, MeasurementExplanation? Explanation)>();
                var changed = new HashSet<string>(StringComparer.Ordinal);
                foreach (var (runId, measurement) in measurements)
                {
                    var row = rows.TryGetValue(runId, out var found) ? found : throw Unknown(runId);
                    if (MeasuredRow.From(row.Run, measurement, _schedule) is not { } measured)
                        continue;
                    rows[runId] = new StoredRun(measured.Run, row.Version.Next());
                    changed.Add(runId);
                    if (measured.IsRevision)
                        revisions.Add((measured.Run, measurement.Explanation));
                }

                await _revisions.InsertAsync(revisions, cancellationToken);
                await _runs.WriteAsync([.. changed.Select(id => rows[id])], [], cancellationToken);
            },
            cancellationToken);
    }

    public Task PostponeAsync(string runId, string reason, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            var row = (await _runs.ReadAsync([runId], cancellationToken)).SingleOrDefault() ?? throw Unknown(runId);
            // The same call again is told by its moment and reason, so that it does not count as another attempt.
            if (row.Run is not { NextStage: not null, DueAt: { } due } run || (due >= nextAttemptAt && run.StateReason == reason))
                return;
            var postponed = run with
            {
                StateReason = reason, MeasureAttempts = run.MeasureAttempts + 1, DueAt = due > nextAttemptAt ? due : nextAttemptAt.ToUniversalTime(),
            };
            await _runs.WriteAsync([new StoredRun(postponed, row.Version.Next())], [], cancellationToken);
        },
        cancellationToken);

    public async Task<IReadOnlyList<Run>> FindAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await _tables.PrepareAsync(cancellationToken);
        return Runs(await _revisions.AttachAsync(await _runs.FindNewestAsync(filter, cancellationToken), cancellationToken));
    }

    public async Task<IReadOnlyList<Run>> FindMeasuredAsync(
        DateTimeOffset since, DateTimeOffset until, string? afterId, int limit, CancellationToken cancellationToken)
    {
        await _tables.PrepareAsync(cancellationToken);
        return Runs(await _runs.FindAsync(
            $$"""
            state IN ('measured', 'no_data') AND started_at IS NOT NULL AND began_at >= {{RunTable.Moment("from")}} AND began_at < {{RunTable.Moment("to")}}
              AND run_id > {after:String}
            """,
            "ORDER BY run_id LIMIT {limit:Int32}",
            cancellationToken,
            ("from", RunTable.Microseconds(since)),
            ("to", RunTable.Microseconds(until)),
            ("after", afterId ?? ""),
            ("limit", limit)));
    }

    public async Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) => (await FindOneAsync(runId, cancellationToken))?.Run;

    public async Task<IReadOnlyList<RunRevision>> GetRevisionsAsync(string runId, CancellationToken cancellationToken) =>
        await FindOneAsync(runId, cancellationToken) is { } row ? await _revisions.FindAsync(row.Run, cancellationToken) : [];

    public async Task<IReadOnlyList<RunAggregate>> AggregateAsync(RunAggregateQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await _tables.PrepareAsync(cancellationToken);
        return await AggregateQuery.RunAsync(_database, query, cancellationToken);
    }

    public async Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken)
    {
        await _tables.PrepareAsync(cancellationToken);
        return await _letters.FindAsync(limit, cancellationToken);
    }

    public async Task<StoreCounts> CountAsync(CancellationToken cancellationToken)
    {
        await _tables.PrepareAsync(cancellationToken);
        var counted = (await _database.QueryAsync(
            $"SELECT state, toInt64(count()) FROM {_database.Table(RunSchema.Runs)} FINAL GROUP BY state",
            row => (row.GetString(0), row.GetInt64(1)),
            cancellationToken)).ToDictionary();
        return StoreCounts.From(counted, await _letters.CountAsync(cancellationToken));
    }

    /// <summary>Leaves the database open: it is not this store's.</summary>
    public void Dispose() => _writeGate.Dispose();

    /// <returns>Whether there was anything to write.</returns>
    private async Task<bool> WriteRowsAsync(List<RunEvent> events, CancellationToken cancellationToken)
    {
        var stored = (await _runs.ReadAsync(events.Select(RunKey.Of), cancellationToken)).ToDictionary(row => row.Run.Id, StringComparer.Ordinal);
        List<StoredRun> changed = [], removed = [];
        foreach (var (task, count) in PairedBatch.Rows(stored.Values.Select(row => row.Run), events))
        {
            Add(changed, task.Changed.Select(_schedule.First), count);
            Add(removed, task.RemovedIds.Select(id => stored[id].Run), count);
        }

        await _runs.WriteAsync(changed, removed, cancellationToken);
        return changed.Count + removed.Count > 0;

        void Add(List<StoredRun> rows, IEnumerable<Run> runs, int count)
        {
            foreach (var run in runs)
            {
                if (!stored.TryGetValue(run.Id, out var before) || before.Version.Events < count)
                    rows.Add(new StoredRun(run, RowVersion.Of(count)));
                // Else whoever wrote it knew more events than were found here.
                else if (before.Version.Events == count)
                    rows.Add(new StoredRun(run, before.Version.Next()));
            }
        }
    }

    private async Task<StoredRun?> FindOneAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        await _tables.PrepareAsync(cancellationToken);
        // Whatever the text is, the server is asked: this is also how readiness finds out whether it answers.
        var found = await _runs.FindAsync("run_id = {id:String}", "", cancellationToken, ("id", runId.Replace('\0', ' ')));
        return (await _revisions.AttachAsync(found, cancellationToken)).SingleOrDefault();
    }

    private async Task WriteAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        await _writeGate.WaitAsync(cancellationToken);
        try
        {
            await _tables.PrepareAsync(cancellationToken);
            await write();
        }
        finally
        {
            _writeGate.Release();
        }
    }

    private static IReadOnlyList<Run> Runs(IEnumerable<StoredRun> rows) => [.. rows.Select(row => row.Run)];

    private static InvalidOperationException Unknown(string runId) => new($"There is no run '{runId}' to measure.");
}
