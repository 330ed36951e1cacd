using System.Security.Cryptography;
using System.Text;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DeadLetters;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>Names the objects of a topic and writes the statements that make them (docs/direct-topics.md).</summary>
internal sealed class DirectTables(DirectTopicsOptions options, string database, string? cluster)
{
    private const string FingerprintMark = "telemetry-collector:";

    // Looked for one by one among millions: whose they are, and what they are about.
    private static readonly string[] IndexedAttributes = ["id", "subject"];
    private static readonly string[] IndexedFields = ["user_id", "actor_id", "task_id"];

    private string OnCluster => cluster is null ? "" : $" ON CLUSTER {Sql.Identifier(cluster)}";

    public string PartitionKey => options.PartitionBy switch
    {
        PartitionSpan.Day => "toYYYYMMDD(kafka_time)",
        PartitionSpan.Week => "toMonday(kafka_time)",
        _ => "toYYYYMM(kafka_time)",
    };

    /// <summary>What ends a row's life; empty for never.</summary>
    public string Ttl => options.RetentionDays is { } days ? $"toDateTime(kafka_time) + toIntervalDay({days})" : "";

    public string Table(string name) => $"{Sql.Identifier(database)}.{Sql.Identifier(name)}";

    public static IReadOnlyList<(string Name, string Type)> Columns(TopicSchema schema) =>
    [
        .. EnvelopeColumns.Attributes,
        .. EnvelopeColumns.Typed.Select(column => (column.Name, column.ClickHouse)),
        .. schema.Columns.Select(column => (column.Name, column.Type.ClickHouse)),
        .. EnvelopeColumns.Record.Select(column => (column.Name, column.ClickHouse)),
    ];

    /// <summary>The columns of <see cref="DecodeSql.Good"/>, in its order, which is the table's own.</summary>
    public static IEnumerable<string> GoodColumns(TopicSchema schema) => Columns(schema).Select(column => column.Name);

    public string CreateLanding(TopicSchema schema)
    {
        var lines = Columns(schema).Select(column => $"{Sql.Identifier(column.Name)} {column.Type}")
            .Append("INDEX time_index time TYPE minmax GRANULARITY 1")
            .Concat(IndexedAttributes.Concat(IndexedFields.Where(schema.Has))
                .Select(column => $"INDEX {column}_index {column} TYPE bloom_filter GRANULARITY 4"));
        var hasProjection = UserProjection.Columns(schema).Count > 0;
        if (hasProjection)
            lines = lines.Append(UserProjection.Definition(schema));
        return
            $"""
            CREATE TABLE {Table(schema.Topic)}{OnCluster} (
              {string.Join(",\n  ", lines)}
            ) ENGINE = {(cluster is null ? "" : "Replicated")}ReplacingMergeTree
            PARTITION BY {PartitionKey}
            ORDER BY (kafka_topic, kafka_partition, kafka_offset){(Ttl.Length == 0 ? "" : $"\nTTL {Ttl}")}
            SETTINGS ttl_only_drop_parts = 1{(hasProjection ? $", {UserProjection.Setting}" : "")}
            """;
    }

    public string CreateKafka(TopicSchema schema) => Marked(
        $"""
        CREATE TABLE {Table(schema.KafkaTable)}{OnCluster} (raw String)
        ENGINE = Kafka({Sql.Identifier(options.NamedCollection)})
        SETTINGS kafka_topic_list = {Sql.Literal(schema.Topic)}, kafka_group_name = {Sql.Literal(Group(schema))},
          kafka_format = 'RawBLOB', kafka_handle_error_mode = 'stream', kafka_num_consumers = {options.ConsumersPerTopic},
          kafka_flush_interval_ms = {(long)options.FlushInterval.TotalMilliseconds}, kafka_max_block_size = {options.MaxBlockRows}
        """);

    /// <summary>Stands in for the Kafka table while views are exchanged: with it nothing is read, and so nothing is lost.</summary>
    public string CreatePlaceholder(TopicSchema schema) =>
        $"CREATE TABLE {Table(schema.KafkaTable)}{OnCluster} (raw String, _topic LowCardinality(String), _partition UInt64, _offset UInt64,\n" +
        "  _timestamp_ms Nullable(DateTime64(3)), _error String) ENGINE = Null";

    public string CreateGoodView(TopicSchema schema) => MaterializedView(
        schema.GoodView, schema.Topic, DecodeSql.Good(schema, Table(schema.KafkaTable)));

    public string CreateBadView(TopicSchema schema) => MaterializedView(
        schema.BadView, DeadLetterSchema.TableName, DecodeSql.Bad(schema, Table(schema.KafkaTable)));

    /// <summary>A producer that sends again leaves two rows with one id, and redelivery one more until it is merged: each id once.</summary>
    public string CreateEventsView(TopicSchema schema)
    {
        var from = cluster is null ? Table(schema.Topic) : $"cluster({Sql.Literal(cluster)}, {Table(schema.Topic)})";
        return Marked(
            $"""
            CREATE VIEW {Table(schema.EventsView)}{OnCluster} AS
            SELECT {string.Join(", ", Columns(schema).Select(column => Sql.Identifier(column.Name)))}
            FROM {from}
            LIMIT 1 BY id
            """);
    }

    public string AddColumn(TopicSchema schema, PayloadColumn column) =>
        $"ALTER TABLE {Table(schema.Topic)}{OnCluster} ADD COLUMN IF NOT EXISTS {Sql.Identifier(column.Name)} {column.Type.ClickHouse} " +
        $"DEFAULT {DecodeSql.Default(column)}";

    /// <summary>The statements that give a table its projection, or another one; what the rows of before lack is made in the background.</summary>
    public IEnumerable<string> SetProjection(TopicSchema schema, bool replace)
    {
        string Alter(string change) => $"ALTER TABLE {Table(schema.Topic)}{OnCluster} {change}";
        if (replace)
            yield return Alter($"DROP PROJECTION IF EXISTS {UserProjection.Name}");
        yield return Alter($"MODIFY SETTING {UserProjection.Setting}");
        yield return Alter($"ADD {UserProjection.Definition(schema).Replace("PROJECTION", "PROJECTION IF NOT EXISTS", StringComparison.Ordinal)}");
        yield return Alter($"MATERIALIZE PROJECTION {UserProjection.Name}");
    }

    public string ModifyTtl(TopicSchema schema) =>
        $"ALTER TABLE {Table(schema.Topic)}{OnCluster} {(Ttl.Length == 0 ? "REMOVE TTL" : $"MODIFY TTL {Ttl}")}";

    public string Drop(string name, bool isView = false) => $"DROP {(isView ? "VIEW" : "TABLE")} IF EXISTS {Table(name)}{OnCluster}";

    public string Group(TopicSchema schema) => $"{options.GroupPrefix}-{schema.Topic}";

    /// <summary>Tells whether an object was made by this very statement: ClickHouse rewrites the text that it keeps.</summary>
    public static string Fingerprint(string create) => create[create.LastIndexOf(FingerprintMark, StringComparison.Ordinal)..].TrimEnd('\'');

    private string MaterializedView(string name, string target, string query) => Marked(
        $"CREATE MATERIALIZED VIEW {Table(name)}{OnCluster} TO {Table(target)} AS\n{query}");

    private static string Marked(string create) =>
        $"{create}\nCOMMENT '{FingerprintMark}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(create)))[..16]}'";
}
