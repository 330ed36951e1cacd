using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.DeadLetters;

/// <summary>The table of all records that could not be used, whoever found it: ClickHouse's views or the Collector.</summary>
internal static class DeadLetterSchema
{
    public const string TableName = "dead_letter";

    /// <summary>Under this name <c>schema_version</c> counts the steps.</summary>
    public const string Component = "dead_letter";

    public static IReadOnlyList<string> Steps(string database, string? cluster)
    {
        var table = $"{Sql.Identifier(database)}.{TableName}";
        var onCluster = cluster is null ? "" : $" ON CLUSTER {Sql.Identifier(cluster)}";
        return
        [
            $"""
            CREATE TABLE IF NOT EXISTS {table}{onCluster} (
              topic       LowCardinality(String),
              partition   Int32,
              offset      Int64,
              reason      String,
              received_at DateTime64(3, 'UTC'),
              kafka_time  DateTime64(3, 'UTC'),
              raw         String CODEC(ZSTD(3)),
              replayed_at Nullable(DateTime64(3, 'UTC')),
              version     UInt64
            ) ENGINE = {(cluster is null ? "" : "Replicated")}ReplacingMergeTree(version)
            ORDER BY (topic, partition, offset)
            """,
        ];
    }
}
