using System.Data.Common;
using DuckDB.NET.Data;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Rows of <c>run_values</c>.</summary>
internal static class ValueTable
{
    /// <summary>Inserts the values of the runs' present revisions.</summary>
    public static void Insert(DuckDBConnection connection, IReadOnlyCollection<Run> runs)
    {
        using var appender = connection.CreateAppender("run_values");
        foreach (var (run, value) in runs.SelectMany(run => run.Values.Select(value => (run, value))))
        {
            appender.CreateRow()
                .AppendValue(run.Id)
                .AppendValue((int?)run.Revision)
                .AppendValue(value.Metric)
                .AppendValue(value.Aggregation)
                .AppendValue(ValueStateNames.Of(value.State))
                .AppendValue(value.Value)
                .AppendValue(value.Lo)
                .AppendValue(value.Hi)
                .AppendValue(value.Unit)
                .AppendValue((int?)value.Samples)
                .AppendValue((double?)value.Coverage)
                .AppendValue(value.Method)
                .EndRow();
        }
    }

    /// <summary>The same runs with their values, by metric and aggregation.</summary>
    public static IReadOnlyList<Run> Attach(DuckDBConnection connection, IReadOnlyList<Run> runs)
    {
        var measured = runs.Where(run => run.RevisionKind is not null).Select(run => run.Id).ToList();
        if (measured.Count == 0)
            return runs;

        var values = connection.Query(
            """
            SELECT run_id, metric, aggregation, v.state, value, lo, hi, unit, samples, coverage, method
            FROM run_values v JOIN runs USING (run_id, revision) WHERE run_id IN (SELECT unnest($ids)) ORDER BY metric, aggregation
            """,
            row => (RunId: row.GetString(0), Value: Read(row)),
            ("ids", measured)).ToLookup(row => row.RunId, row => row.Value);
        return [.. runs.Select(run => run with { Values = [.. values[run.Id]] })];
    }

    private static MeasuredValue Read(DbDataReader row) => new(
        row.GetString(1),
        row.GetString(2),
        ValueStateNames.Parse(row.GetString(3))
            ?? throw new InvalidDataException($"The store has a value of state '{row.GetString(3)}', which this version does not know."),
        row.GetNumber(4),
        row.GetNumber(5),
        row.GetNumber(6),
        row.GetString(7),
        row.GetInt32(8),
        row.GetDouble(9),
        row.GetString(10));
}
