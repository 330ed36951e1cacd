using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.Completeness;

/// <summary>The tables of completeness in ClickHouse.</summary>
internal static class ClickHouseCompletenessSchema
{
    /// <summary>Under this name <c>schema_version</c> counts the steps.</summary>
    public const string Component = "completeness";

    public const string Arrived = "arrived_sequences";
    public const string Reports = "producer_reports";

    public static IReadOnlyList<(string Name, string Type)> ArrivedColumns { get; } =
    [
        ("producer_key", "String"),
        ("producer", "String"),
        ("delivery_class", "LowCardinality(String)"),
        ("writer", "String"),
        ("sequences", "String"),
        ("dropped", "String"),
        ("first_event_at", "DateTime64(6, 'UTC')"),
        ("last_event_at", "DateTime64(6, 'UTC')"),
        ("version", "UInt64"),
    ];

    public static IReadOnlyList<(string Name, string Type)> ReportColumns { get; } =
    [
        ("producer_key", "String"),
        ("source", "String"),
        ("sequence", "Int64"),
        ("reported_at", "DateTime64(6, 'UTC')"),
        ("received_at", "DateTime64(6, 'UTC')"),
        ("report", "String"),
    ];

    /// <summary>A released step is never edited; a change is a new one at the end.</summary>
    public static IReadOnlyList<string> Steps(string database, string? cluster)
    {
        var onCluster = cluster is null ? "" : $" ON CLUSTER {Sql.Identifier(cluster)}";
        string Create(string table, IEnumerable<(string Name, string Type)> columns, string version, string order) =>
            $"""
            CREATE TABLE IF NOT EXISTS {Sql.Identifier(database)}.{table}{onCluster} (
              {string.Join(",\n  ", columns.Select(column => $"{column.Name} {column.Type}"))}
            ) ENGINE = {(cluster is null ? "" : "Replicated")}ReplacingMergeTree({version})
            ORDER BY ({order})
            """;
        return
        [
            Create(Arrived, ArrivedColumns, "version", "producer_key, delivery_class, writer"),
            Create(Reports, ReportColumns, "sequence", "producer_key"),
        ];
    }
}
