using System.Data.Common;
using System.Text.Json;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>
/// Rows of <c>run_revisions</c>: all figures of a revision in one row, so that they are there as a whole. A row counts once the run's
/// row points to it by revision and time of measurement; one that a crash left behind never does. From any thread.
/// </summary>
internal sealed class RevisionTable(ClickHouseDatabase database)
{
    private const int MostKeys = 2000;

    private const string FigureColumns =
        "run_id, revision, measured_at, " +
        "metric_name, metric_unit, metric_integral_unit, metric_min, metric_max, metric_average, metric_p95, metric_integral, metric_samples, " +
        "value_metric, value_aggregation, value_state, value_value, value_lo, value_hi, value_unit, value_samples, value_coverage, value_method";

    public static IReadOnlyList<(string Name, string Type)> Columns { get; } =
    [
        ("began_at", "DateTime64(6, 'UTC')"),
        ("run_id", "String"),
        ("revision", "Int32"),
        ("measured_at", "DateTime64(6, 'UTC')"),
        ("kind", "LowCardinality(String)"),
        ("state", "LowCardinality(String)"),
        ("explanation", "Nullable(String)"),
        ("metric_name", "Array(LowCardinality(String))"),
        ("metric_unit", "Array(LowCardinality(String))"),
        ("metric_integral_unit", "Array(LowCardinality(String))"),
        ("metric_min", "Array(Float64)"),
        ("metric_max", "Array(Float64)"),
        ("metric_average", "Array(Float64)"),
        ("metric_p95", "Array(Float64)"),
        ("metric_integral", "Array(Float64)"),
        ("metric_samples", "Array(Int32)"),
        ("value_metric", "Array(LowCardinality(String))"),
        ("value_aggregation", "Array(LowCardinality(String))"),
        ("value_state", "Array(LowCardinality(String))"),
        ("value_value", "Array(Nullable(Float64))"),
        ("value_lo", "Array(Nullable(Float64))"),
        ("value_hi", "Array(Nullable(Float64))"),
        ("value_unit", "Array(LowCardinality(String))"),
        ("value_samples", "Array(Int32)"),
        ("value_coverage", "Array(Float64)"),
        ("value_method", "Array(LowCardinality(String))"),
    ];

    private string Table => database.Table(RunSchema.Revisions);

    /// <summary>Inserts the runs' present revisions.</summary>
    public async Task InsertAsync(IReadOnlyCollection<(Run Run, MeasurementExplanation? Explanation)> revisions, CancellationToken cancellationToken)
    {
        if (revisions.Count > 0)
            await database.InsertAsync(RunSchema.Revisions, Columns, revisions.Select(revision => Row(revision.Run, revision.Explanation)), cancellationToken);
    }

    /// <summary>The same rows with the figures of their present revisions: metrics by name, values by metric and aggregation.</summary>
    public async Task<List<StoredRun>> AttachAsync(IReadOnlyList<StoredRun> rows, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<(string, int, DateTimeOffset), (MetricSummary[] Metrics, MeasuredValue[] Values)>();
        foreach (var keys in rows.Where(row => row.Run.RevisionKind is not null).Select(row => row.Key.Sql).Chunk(MostKeys))
        {
            var found = await database.QueryAsync(
                $"SELECT {FigureColumns} FROM {Table} WHERE (began_at, run_id) IN ({string.Join(',', keys)})",
                row => (Key: (row.GetString(0), row.GetInt32(1), row.GetUtc(2)!.Value), Metrics: ReadMetrics(row, 3), Values: ReadValues(row, 12)),
                cancellationToken);
            foreach (var one in found)
                figures[one.Key] = (one.Metrics, one.Values);
        }

        return [.. rows.Select(row => row.Run is { RevisionKind: not null, MeasuredAt: { } measuredAt } run
            && figures.TryGetValue((run.Id, run.Revision, measuredAt), out var own)
                ? row with { Run = run with { Metrics = own.Metrics, Values = own.Values } }
                : row)];
    }

    /// <summary>The revisions of a run that count, oldest first.</summary>
    public async Task<IReadOnlyList<RunRevision>> FindAsync(Run run, CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            $"SELECT revision, kind, state, measured_at, explanation FROM {Table} WHERE (began_at, run_id) IN ({RunKey.Of(run).Sql}) ORDER BY revision, measured_at",
            row => new RunRevision(
                row.GetInt32(0),
                RevisionKindNames.Find(row.GetString(1)) ?? throw Unknown("kind", row.GetString(1)),
                RunStateNames.Find(row.GetString(2)) ?? throw Unknown("state", row.GetString(2)),
                row.GetUtc(3),
                row.GetText(4) is { } json ? JsonSerializer.Deserialize(json, StorageJson.Default.MeasurementExplanation) : null),
            cancellationToken);
        // Of the present one, the row that the run points to; of one before it, the last that was written.
        return [.. found.Where(revision => revision.Revision < run.Revision || (revision.Revision == run.Revision && IsPresent(revision)))
            .GroupBy(revision => revision.Revision).Select(same => same.Last())];

        bool IsPresent(RunRevision revision) => run.RevisionKind is null || revision.MeasuredAt == run.MeasuredAt;
    }

    private static object?[] Row(Run run, MeasurementExplanation? explanation)
    {
        var (metrics, values) = (run.Metrics, run.Values);
        return
        [
            RunKey.Of(run).BeganAt.UtcDateTime,
            run.Id,
            run.Revision,
            run.MeasuredAt!.Value.UtcDateTime,
            RevisionKindNames.Of(run.RevisionKind!.Value),
            RunStateNames.Of(run.State),
            explanation is null ? null : JsonSerializer.Serialize(explanation, StorageJson.Default.MeasurementExplanation),
            metrics.Select(metric => metric.Name).ToArray(),
            metrics.Select(metric => metric.Unit).ToArray(),
            metrics.Select(metric => metric.IntegralUnit).ToArray(),
            metrics.Select(metric => metric.Min).ToArray(),
            metrics.Select(metric => metric.Max).ToArray(),
            metrics.Select(metric => metric.Average).ToArray(),
            metrics.Select(metric => metric.P95).ToArray(),
            metrics.Select(metric => metric.Integral).ToArray(),
            metrics.Select(metric => metric.Samples).ToArray(),
            values.Select(value => value.Metric).ToArray(),
            values.Select(value => value.Aggregation).ToArray(),
            values.Select(value => ValueStateNames.Of(value.State)).ToArray(),
            values.Select(value => value.Value).ToArray(),
            values.Select(value => value.Lo).ToArray(),
            values.Select(value => value.Hi).ToArray(),
            values.Select(value => value.Unit).ToArray(),
            values.Select(value => value.Samples).ToArray(),
            values.Select(value => value.Coverage).ToArray(),
            values.Select(value => value.Method).ToArray(),
        ];
    }

    private static MetricSummary[] ReadMetrics(DbDataReader row, int at)
    {
        var (names, units, integralUnits) = (Array<string>(row, at), Array<string>(row, at + 1), Array<string>(row, at + 2));
        var (min, max, average) = (Array<double>(row, at + 3), Array<double>(row, at + 4), Array<double>(row, at + 5));
        var (p95, integral, samples) = (Array<double>(row, at + 6), Array<double>(row, at + 7), Array<int>(row, at + 8));
        return
        [
            .. names.Select((name, i) => new MetricSummary(name, units[i], integralUnits[i], min[i], max[i], average[i], p95[i], integral[i], samples[i]))
                .OrderBy(metric => metric.Name, StringComparer.Ordinal),
        ];
    }

    private static MeasuredValue[] ReadValues(DbDataReader row, int at)
    {
        var (metrics, aggregations, states) = (Array<string>(row, at), Array<string>(row, at + 1), Array<string>(row, at + 2));
        var (value, lo, hi) = (Array<double?>(row, at + 3), Array<double?>(row, at + 4), Array<double?>(row, at + 5));
        var (units, samples, coverage, methods) = (Array<string>(row, at + 6), Array<int>(row, at + 7), Array<double>(row, at + 8), Array<string>(row, at + 9));
        return
        [
            .. metrics.Select((metric, i) => new MeasuredValue(
                    metric, aggregations[i], ValueStateNames.Parse(states[i]) ?? throw Unknown("value state", states[i]),
                    value[i], lo[i], hi[i], units[i], samples[i], coverage[i], methods[i]))
                .OrderBy(one => one.Metric, StringComparer.Ordinal).ThenBy(one => one.Aggregation, StringComparer.Ordinal),
        ];
    }

    private static T[] Array<T>(DbDataReader row, int ordinal) => row.GetFieldValue<T[]>(ordinal);

    private static InvalidDataException Unknown(string column, string value) =>
        new($"The store has a revision of {column} '{value}', which this version does not know.");
}
