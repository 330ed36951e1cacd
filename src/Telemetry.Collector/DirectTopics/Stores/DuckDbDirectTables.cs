using DuckDB.NET.Data;
using Telemetry.Collector.DirectTopics.Embedded;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.Events;

namespace Telemetry.Collector.DirectTopics.Stores;

/// <summary>The tables of the embedded mode: the columns that ClickHouse has, and an offset once.</summary>
internal static class DuckDbDirectTables
{
    /// <summary>Makes the tables that are missing and adds the columns that are; what is there is never taken away.</summary>
    public static void Migrate(DuckDBConnection connection, IReadOnlyList<TopicSchema> schemas)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS dead_letters (
              topic           VARCHAR NOT NULL,
              topic_partition INTEGER NOT NULL,
              topic_offset    BIGINT NOT NULL,
              reason          VARCHAR NOT NULL,
              received_at     TIMESTAMP NOT NULL,
              raw             BLOB NOT NULL,
              PRIMARY KEY (topic, topic_partition, topic_offset))
            """);
        foreach (var schema in schemas)
        {
            var columns = Columns(schema).ToList();
            connection.Execute(
                $"CREATE TABLE IF NOT EXISTS {Quote(schema.Topic)} ({string.Join(", ", columns.Select(column => $"{Quote(column.Name)} {column.Type}"))}, " +
                "PRIMARY KEY (kafka_topic, kafka_partition, kafka_offset))");
            var there = connection.Query(
                "SELECT column_name FROM information_schema.columns WHERE table_name = $table", row => row.GetString(0), ("table", schema.Topic));
            foreach (var (name, type) in columns.ExceptBy(there, column => column.Name))
                connection.Execute($"ALTER TABLE {Quote(schema.Topic)} ADD COLUMN {Quote(name)} {type}");
            connection.Execute(
                $"CREATE OR REPLACE VIEW {Quote(schema.EventsView)} AS SELECT * FROM {Quote(schema.Topic)} QUALIFY row_number() OVER (PARTITION BY id) = 1");
        }
    }

    /// <summary>Inserts rows that are new; a redelivered record keeps its first.</summary>
    public static void Insert(DuckDBConnection connection, TopicSchema schema, IReadOnlyCollection<DirectRow> rows)
    {
        if (rows.Count == 0)
            return;
        // The table may hold its columns in another order, and some that this catalog has not.
        var columns = Columns(schema).ToList();
        connection.Execute($"CREATE TEMP TABLE staged_rows ({string.Join(", ", columns.Select(column => $"{Quote(column.Name)} {column.Type}"))})");
        using (var appender = connection.CreateAppender("temp", "main", "staged_rows"))
        {
            foreach (var row in rows)
                Append(appender, row);
        }

        connection.Execute($"INSERT OR IGNORE INTO {Quote(schema.Topic)} BY NAME SELECT * FROM staged_rows");
        connection.Execute("DROP TABLE staged_rows");
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as it can be stored: the engine would end it at U+0000.</summary>
    public static string Text(string text) => text.Replace('\0', '\uFFFD');

    private static IEnumerable<(string Name, string Type)> Columns(TopicSchema schema) =>
        EnvelopeColumns.Attributes.Select(attribute => (attribute.Attribute, "VARCHAR"))
            .Concat(EnvelopeColumns.Typed.Select(column => (column.Name, column.DuckDb)))
            .Concat(schema.Columns.Select(column => (column.Name, column.Type.DuckDb)))
            .Concat(EnvelopeColumns.Record.Where(column => column.Name != "kafka_time").Select(column => (column.Name, column.DuckDb)));

    private static void Append(DuckDBAppender appender, DirectRow row)
    {
        var line = appender.CreateRow();
        foreach (var (attribute, _) in EnvelopeColumns.Attributes)
            line.AppendValue(Text(Attribute(row.Event.Envelope, attribute)));
        line.AppendValue((DateTime?)row.Time).AppendValue((ulong?)row.Sequence);
        foreach (var value in row.Values)
        {
            _ = value switch
            {
                string text => line.AppendValue(Text(text)),
                bool flag => line.AppendValue((bool?)flag),
                long number => line.AppendValue((long?)number),
                ulong number => line.AppendValue((ulong?)number),
                double number => line.AppendValue((double?)number),
                decimal number => line.AppendValue((decimal?)number),
                Guid guid => line.AppendValue((Guid?)guid),
                DateTime time => line.AppendValue((DateTime?)time),
                _ => line.AppendNullValue(),
            };
        }

        line.AppendValue(row.Event.Topic).AppendValue((int?)row.Event.Partition).AppendValue((long?)row.Event.Offset)
            .AppendValue(row.Event.Value.ToArray()).EndRow();
    }

    private static string Attribute(EventEnvelope envelope, string name) => name switch
    {
        EnvelopeAttributes.Id => envelope.Id,
        EnvelopeAttributes.Type => envelope.Type,
        EnvelopeAttributes.Source => envelope.Source,
        _ => envelope.GetAttribute(name) ?? "",
    };
}
