using System.Data.Common;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>Rows of <c>runs</c>, without their figures. From any thread.</summary>
/// <remarks>
/// Until parts are merged a run may have several rows; <c>FINAL</c> shows the one with the highest version. Indexes of columns that
/// change may not be used together with it, so rows are looked for without it first, and what is found is asked again with it.
/// </remarks>
internal sealed class RunTable(ClickHouseDatabase database)
{
    // A query's text is 256 KiB at most.
    private const int MostKeys = 2000;

    // Of a run that may still be under way: behind all times, so that an index finds it.
    private static readonly DateTimeOffset Never = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly int VersionColumn = RunRow.Columns.Split(',').Length;

    public static IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        ("run_id", "String"),
        ("kind", "LowCardinality(String)"),
        ("task_id", "String"),
        ("state", "LowCardinality(String)"),
        ("state_reason", "Nullable(String)"),
        ("user_id", "Nullable(String)"),
        ("model", "LowCardinality(Nullable(String))"),
        ("node", "LowCardinality(Nullable(String))"),
        ("tenant_id", "LowCardinality(Nullable(String))"),
        ("vm_type", "LowCardinality(Nullable(String))"),
        ("start_event_id", "Nullable(String)"),
        ("finish_event_id", "Nullable(String)"),
        ("started_at", "Nullable(DateTime64(6, 'UTC'))"),
        ("finished_at", "Nullable(DateTime64(6, 'UTC'))"),
        ("outcome", "LowCardinality(Nullable(String))"),
        ("error", "Nullable(String)"),
        ("measure_attempts", "Int32"),
        ("due_at", "Nullable(DateTime64(6, 'UTC'))"),
        ("next_stage", "LowCardinality(Nullable(String))"),
        ("revision", "Int32"),
        ("revision_kind", "LowCardinality(Nullable(String))"),
        ("measured_at", "Nullable(DateTime64(6, 'UTC'))"),
        ("evidence_at", "Nullable(DateTime64(6, 'UTC'))"),
        ("evidence", "LowCardinality(Nullable(String))"),
        ("began_at", "DateTime64(6, 'UTC')"),
        ("ended_at", "DateTime64(6, 'UTC')"),
        ("version", "UInt64"),
        ("is_removed", "UInt8"),
    ];

    private string Table => database.Table(RunSchema.Runs);

    /// <summary>A moment that a parameter of type Int64 holds, in microseconds.</summary>
    public static string Moment(string parameter) => $"fromUnixTimestamp64Micro({{{parameter}:Int64}}, 'UTC')";

    public static long Microseconds(DateTimeOffset moment) => (moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The rows of these keys that there are.</summary>
    public async Task<List<StoredRun>> ReadAsync(IEnumerable<RunKey> keys, CancellationToken cancellationToken)
    {
        List<StoredRun> rows = [];
        foreach (var chunk in keys.Chunk(MostKeys))
        {
            rows.AddRange(await database.QueryAsync(
                $"SELECT {RunRow.Columns}, version FROM {Table} FINAL WHERE (began_at, run_id) IN ({string.Join(',', chunk.Select(key => key.Sql))})",
                Read,
                cancellationToken));
        }

        return rows;
    }

    /// <summary>The rows of these ids that there are.</summary>
    public async Task<List<StoredRun>> ReadAsync(IEnumerable<string> runIds, CancellationToken cancellationToken)
    {
        List<StoredRun> rows = [];
        foreach (var chunk in runIds.Where(RunKey.IsId).Chunk(MostKeys))
            rows.AddRange(await FindAsync($"run_id IN ({string.Join(',', chunk.Select(id => $"'{id}'"))})", "", cancellationToken));
        return rows;
    }

    /// <summary>The rows that match.</summary>
    /// <param name="condition">In SQL, over the columns.</param>
    /// <param name="tail">Order and limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="parameters">Of both.</param>
    public Task<IReadOnlyList<StoredRun>> FindAsync(
        string condition, string tail, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) => database.QueryAsync(
        $"SELECT {RunRow.Columns}, version FROM {Table} FINAL WHERE {Candidates(condition)} AND {condition} {tail}", Read, cancellationToken, parameters);

    /// <summary>The newest rows that match, newest first.</summary>
    public Task<IReadOnlyList<StoredRun>> FindNewestAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var (condition, parameters) = RunCondition.Of(filter);
        // One task is found by the index; what most rows may match is better read in the first place.
        var narrowed = filter.TaskId is null ? condition : $"{Candidates(condition)} AND {condition}";
        const string order = "ORDER BY began_at DESC, run_id";
        return database.QueryAsync(
            $$"""
            SELECT {{RunRow.Columns}}, version FROM {{Table}} FINAL
            WHERE (began_at, run_id) IN (SELECT began_at, run_id FROM {{Table}} FINAL WHERE {{narrowed}} {{order}} LIMIT {limit:Int32}) {{order}}
            """,
            Read,
            cancellationToken,
            [.. parameters, ("limit", filter.Limit)]);
    }

    /// <summary>Writes rows; one with a lower version than the one that is there changes nothing.</summary>
    /// <param name="rows">At most one a run.</param>
    /// <param name="removed">Rows to be hidden.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WriteAsync(IReadOnlyCollection<StoredRun> rows, IReadOnlyCollection<StoredRun> removed, CancellationToken cancellationToken)
    {
        if (rows.Count + removed.Count > 0)
        {
            await database.InsertAsync(
                RunSchema.Runs, Columns, rows.Select(row => Row(row, 0)).Concat(removed.Select(row => Row(row, 1))), cancellationToken);
        }
    }

    private string Candidates(string condition) => $"(began_at, run_id) IN (SELECT began_at, run_id FROM {Table} WHERE {condition})";

    private static StoredRun Read(DbDataReader row) => new(RunRow.Read(row), new RowVersion(row.GetFieldValue<ulong>(VersionColumn)));

    private static object?[] Row(StoredRun row, byte isRemoved)
    {
        var run = row.Run;
        return
        [
            run.Id,
            RunKindNames.Of(run.Kind),
            run.TaskId,
            RunStateNames.Of(run.State),
            run.StateReason,
            run.UserId,
            run.Model,
            run.Node,
            run.TenantId,
            run.VmType,
            run.StartEventId,
            run.FinishEventId,
            run.StartedAt?.UtcDateTime,
            run.FinishedAt?.UtcDateTime,
            run.Outcome,
            run.Error,
            run.MeasureAttempts,
            run.DueAt?.UtcDateTime,
            run.NextStage is { } stage ? MeasurementStageNames.Of(stage) : null,
            run.Revision,
            run.RevisionKind is { } kind ? RevisionKindNames.Of(kind) : null,
            run.MeasuredAt?.UtcDateTime,
            run.EvidenceAt?.UtcDateTime,
            run.Evidence,
            row.Key.BeganAt.UtcDateTime,
            (run.EndedAt ?? Never).UtcDateTime,
            row.Version.Number,
            isRemoved,
        ];
    }
}
