using System.Data.Common;
using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>Sums over runs.</summary>
internal static class AggregateQuery
{
    public static async Task<IReadOnlyList<RunAggregate>> RunAsync(
        ClickHouseDatabase database, RunAggregateQuery query, CancellationToken cancellationToken)
    {
        var count = query.By.Count;
        var keys = string.Join(", ", query.By.Select((key, i) => $"{Column(key)} AS key{i}"));
        var names = string.Join(", ", query.By.Select((_, i) => $"key{i}"));
        var (condition, parameters) = RunCondition.Of(query.Filter);
        // A run and its revisions begin at the same time: the months that were not asked for need not be read.
        var (began, _) = RunCondition.Of(new Runs.RunFilter { From = query.Filter.From, To = query.Filter.To });
        var runs = $"{database.Table(RunSchema.Runs)} FINAL WHERE {condition}";
        var groups = await database.QueryAsync(
            $"""
            SELECT {keys}, toInt64(count()), toInt64(countIf(state = 'measured' OR (state = 'orphaned' AND evidence_at IS NOT NULL))),
              ifNull(sum((toUnixTimestamp64Micro(coalesce(finished_at, evidence_at)) - toUnixTimestamp64Micro(started_at)) / 1e6), 0)
            FROM {runs} GROUP BY {names} ORDER BY {string.Join(", ", query.By.Select((_, i) => $"key{i} NULLS FIRST"))}
            """,
            row => (Key: Key(row, count), Runs: row.GetInt64(count), Measured: row.GetInt64(count + 1), Seconds: row.GetDouble(count + 2)),
            cancellationToken,
            parameters);
        var sums = await database.QueryAsync(
            $"""
            SELECT {names}, metric, aggregation, unit, toInt64(count()), sum(value), sum(lo), if(count(hi) = count(), sum(hi), NULL)
            FROM (
              SELECT began_at, run_id, revision, measured_at, value_metric AS metrics, value_aggregation AS aggregations, value_unit AS units,
                value_value AS found, value_lo AS los, value_hi AS his
              FROM {database.Table(RunSchema.Revisions)} FINAL WHERE {began}) AS revisions
            INNER JOIN (
              SELECT {keys}, began_at, run_id, revision, assumeNotNull(measured_at) AS measured_at
              FROM {runs} AND revision_kind IS NOT NULL AND measured_at IS NOT NULL) AS matching
            USING (began_at, run_id, revision, measured_at)
            ARRAY JOIN metrics AS metric, aggregations AS aggregation, units AS unit, found AS value, los AS lo, his AS hi
            WHERE aggregation IN ('integral', 'own') AND value IS NOT NULL
            GROUP BY {names}, metric, aggregation, unit ORDER BY metric, aggregation, unit
            """,
            row => (Key: RunAggregate.Joined(Key(row, count)), Sum: new RunSum(
                row.GetString(count), row.GetString(count + 1), row.GetString(count + 2), row.GetInt64(count + 3),
                row.GetDouble(count + 4), row.GetDouble(count + 5), row.GetNumber(count + 6))),
            cancellationToken,
            parameters);
        var sumsOf = sums.ToLookup(row => row.Key, row => row.Sum);
        return [.. groups.Select(group => new RunAggregate(
            group.Key, group.Runs, group.Measured, group.Seconds, [.. sumsOf[RunAggregate.Joined(group.Key)]]))];
    }

    private static string Column(RunAggregateKey key) => key switch
    {
        RunAggregateKey.User => "user_id",
        RunAggregateKey.Model => "model",
        RunAggregateKey.Node => "node",
        RunAggregateKey.VmType => "vm_type",
        RunAggregateKey.Day => "formatDateTime(began_at, '%F', 'UTC')",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Not a key of aggregates."),
    };

    private static string?[] Key(DbDataReader row, int count) => [.. Enumerable.Range(0, count).Select(row.GetText)];
}
