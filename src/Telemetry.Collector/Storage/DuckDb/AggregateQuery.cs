using DuckDB.NET.Data;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Sums over runs.</summary>
internal static class AggregateQuery
{
    public static IReadOnlyList<RunAggregate> Run(DuckDBConnection connection, RunAggregateQuery query)
    {
        var keys = string.Join(", ", query.By.Select(Column));
        var count = query.By.Count;
        var parameters = RunQuery.Parameters(query.Filter);
        var matching = $"WITH matching AS (SELECT *, coalesce(finished_at, evidence_at) AS ended_at FROM runs WHERE {RunQuery.Condition})";
        var groups = connection.Query(
            $"""
            {matching}
            SELECT {keys}, count(*), count(*) FILTER (state = 'measured' OR (state = 'orphaned' AND evidence_at IS NOT NULL)),
              coalesce(sum(epoch(ended_at) - epoch(started_at)), 0)
            FROM matching GROUP BY ALL ORDER BY ALL NULLS FIRST
            """,
            row => (Key: Key(row, count), Runs: row.GetInt64(count), Measured: row.GetInt64(count + 1), Seconds: row.GetDouble(count + 2)),
            parameters);
        var sums = connection.Query(
            $"""
            {matching}
            SELECT {keys}, metric, aggregation, unit, count(*), sum(value), sum(lo), CASE WHEN count(hi) = count(*) THEN sum(hi) END
            FROM matching JOIN run_values v USING (run_id, revision)
            WHERE revision_kind IS NOT NULL AND aggregation IN ('integral', 'own') AND value IS NOT NULL
            GROUP BY ALL ORDER BY metric, aggregation, unit
            """,
            row => (Key: RunAggregate.Joined(Key(row, count)), Sum: new RunSum(
                row.GetString(count), row.GetString(count + 1), row.GetString(count + 2), row.GetInt64(count + 3),
                row.GetDouble(count + 4), row.GetDouble(count + 5), row.GetNumber(count + 6))),
            parameters).ToLookup(row => row.Key, row => row.Sum);
        return [.. groups.Select(group => new RunAggregate(group.Key, group.Runs, group.Measured, group.Seconds, [.. sums[RunAggregate.Joined(group.Key)]]))];
    }

    private static string Column(RunAggregateKey key) => key switch
    {
        RunAggregateKey.User => "user_id",
        RunAggregateKey.Model => "model",
        RunAggregateKey.Node => "node",
        RunAggregateKey.VmType => "vm_type",
        RunAggregateKey.Day => "strftime(coalesce(started_at, finished_at), '%Y-%m-%d')",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Not a key of aggregates."),
    };

    private static string?[] Key(System.Data.Common.DbDataReader row, int count) =>
        [.. Enumerable.Range(0, count).Select(row.GetText)];
}
