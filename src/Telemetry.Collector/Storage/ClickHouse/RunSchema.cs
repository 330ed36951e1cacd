using System.Globalization;
using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>The tables of runs in ClickHouse (docs/run-tables.md).</summary>
internal static class RunSchema
{
    /// <summary>Under this name <c>schema_version</c> counts the steps.</summary>
    public const string Component = "runs";

    public const string Events = "run_events";
    public const string Runs = "runs";
    public const string Revisions = "run_revisions";

    /// <summary>All tables, with the column that says when a row began: by it they are cut into months, and end.</summary>
    public static IReadOnlyList<(string Table, string BeganAt)> Tables { get; } = [(Events, "time"), (Runs, "began_at"), (Revisions, "began_at")];

    /// <summary>The end of a row's life in SQL; empty for never.</summary>
    public static string Ttl(string beganAt, int? retentionDays) =>
        retentionDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"toDateTime({beganAt}) + toIntervalDay({days})") : "";

    /// <summary>A released step is never edited; a change is a new one at the end.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="cluster">The cluster, or null.</param>
    /// <param name="retentionDays">Days from a run's start to its end in the tables; null for ever.</param>
    public static IReadOnlyList<string> Steps(string database, string? cluster, int? retentionDays)
    {
        var onCluster = cluster is null ? "" : $" ON CLUSTER {Sql.Identifier(cluster)}";
        var engine = $"{(cluster is null ? "" : "Replicated")}ReplacingMergeTree";
        string Create(string table, IEnumerable<(string Name, string Type)> columns, string replacing, string beganAt, string order, params string[] indexes) =>
            $"""
            CREATE TABLE IF NOT EXISTS {Sql.Identifier(database)}.{table}{onCluster} (
              {string.Join(",\n  ", columns.Select(column => $"{column.Name} {column.Type}").Concat(indexes))}
            ) ENGINE = {engine}{replacing}
            PARTITION BY toYYYYMM({beganAt})
            ORDER BY ({order}){(retentionDays is null ? "" : $"\nTTL {Ttl(beganAt, retentionDays)}")}
            SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1
            """;
        return
        [
            Create(Events, EventTable.Columns, "", "time", "task_key, boundary, event_id"),
            Create(
                Runs, RunTable.Columns, "(version, is_removed)", "began_at", "began_at, run_id",
                "INDEX run_id_index run_id TYPE bloom_filter GRANULARITY 1",
                "INDEX task_id_index task_id TYPE bloom_filter GRANULARITY 1",
                "INDEX due_at_index due_at TYPE minmax GRANULARITY 1",
                "INDEX ended_at_index ended_at TYPE minmax GRANULARITY 1"),
            Create(Revisions, RevisionTable.Columns, "", "began_at", "began_at, run_id, revision, measured_at"),
        ];
    }
}
