using DuckDB.NET.Data;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Rows of <c>run_metrics</c>.</summary>
internal static class MetricTable
{
    /// <summary>Inserts the metrics of the runs' present revisions.</summary>
    public static void Insert(DuckDBConnection connection, IReadOnlyCollection<Run> runs)
    {
        using var appender = connection.CreateAppender("run_metrics");
        foreach (var (run, metric) in runs.SelectMany(run => run.Metrics.Select(metric => (run, metric))))
        {
            appender.CreateRow()
                .AppendValue(run.Id)
                .AppendValue((int?)run.Revision)
                .AppendValue(metric.Name)
                .AppendValue(metric.Unit)
                .AppendValue(metric.IntegralUnit)
                .AppendValue((double?)metric.Min)
                .AppendValue((double?)metric.Max)
                .AppendValue((double?)metric.Average)
                .AppendValue((double?)metric.P95)
                .AppendValue((double?)metric.Integral)
                .AppendValue((int?)metric.Samples)
                .EndRow();
        }
    }

    /// <summary>The same runs with their metrics, by name.</summary>
    public static IReadOnlyList<Run> Attach(DuckDBConnection connection, IReadOnlyList<Run> runs)
    {
        var measured = runs.Where(run => run.RevisionKind is not null).Select(run => run.Id).ToList();
        if (measured.Count == 0)
            return runs;

        var metrics = connection.Query(
            """
            SELECT run_id, name, unit, integral_unit, min, max, average, p95, integral, samples
            FROM run_metrics JOIN runs USING (run_id, revision) WHERE run_id IN (SELECT unnest($ids)) ORDER BY name
            """,
            row => (RunId: row.GetString(0), Metric: new MetricSummary(
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetDouble(4),
                row.GetDouble(5),
                row.GetDouble(6),
                row.GetDouble(7),
                row.GetDouble(8),
                row.GetInt32(9))),
            ("ids", measured)).ToLookup(row => row.RunId, row => row.Metric);
        return [.. runs.Select(run => run with { Metrics = [.. metrics[run.Id]] })];
    }
}
