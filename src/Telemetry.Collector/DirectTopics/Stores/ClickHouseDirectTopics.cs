using System.Data.Common;
using System.Globalization;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.DirectTopics.Audit;
using Telemetry.Collector.DirectTopics.Proof;
using Telemetry.Collector.DirectTopics.Schema;

namespace Telemetry.Collector.DirectTopics.Stores;

/// <summary>The tables that ClickHouse fills itself.</summary>
internal sealed class ClickHouseDirectTopics(ClickHouseDatabase database, DirectTopicSchemas schemas) : IDirectTopicsStore
{
    private readonly ClickHouseDeadLetters _letters = new(database);

    private string Letters => database.Table(DeadLetterSchema.TableName);

    public async Task<IReadOnlyList<AuditRecord>> FindAuditAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var dialect = new AuditSql(
            database.Table,
            (name, type) => $"{{{name}:{type}}}",
            parameter => $"fromUnixTimestamp64Milli({parameter}, 'UTC')",
            limit => $"ORDER BY time DESC, id DESC LIMIT 1 BY id {limit}");
        return dialect.Of(filter, schemas.All) is { } query
            ? await database.QueryAsync(query.Sql, Read, cancellationToken, query.Parameters)
            : [];
    }

    public Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken) => _letters.FindAsync(limit, cancellationToken);

    public Task AddDeadLettersAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellationToken) => _letters.AddAsync(letters, cancellationToken);

    public async Task<ReplayResult> ReplayAsync(string topic, CancellationToken cancellationToken)
    {
        var open = $"{Letters} FINAL WHERE topic = {{topic:String}} AND replayed_at IS NULL";
        var before = await CountAsync(open, topic, cancellationToken);
        if (schemas.Find(topic) is { } schema)
        {
            // The same decoding as the view's, over the letters in the place of Kafka.
            var letters = $"(SELECT raw, topic AS _topic, partition AS _partition, offset AS _offset, toNullable(kafka_time) AS _timestamp_ms, '' AS _error FROM {open})";
            var columns = string.Join(", ", DirectTables.GoodColumns(schema).Select(Sql.Identifier));
            await database.ExecuteAsync(
                $"INSERT INTO {database.Table(topic)} ({columns}) {DecodeSql.Good(schema, letters)}", cancellationToken, ("topic", topic));
            await database.ExecuteAsync(
                $$"""
                INSERT INTO {{Letters}} SELECT topic, partition, offset, reason, received_at, kafka_time, raw, now64(3), version + 1
                FROM {{open}} AND (partition, offset) IN (SELECT kafka_partition, kafka_offset FROM {{database.Table(topic)}} WHERE kafka_topic = {topic:String})
                """,
                cancellationToken, ("topic", topic));
        }

        var after = await CountAsync(open, topic, cancellationToken);
        return new ReplayResult(before - after, after);
    }

    public async Task<IReadOnlyList<StoredPartition>> CountAsync(IReadOnlyList<PartitionRange> ranges, CancellationToken cancellationToken)
    {
        var counts = new List<StoredPartition>();
        foreach (var topic in ranges.GroupBy(range => range.Topic))
        {
            string Within(string partition, string offset) => string.Join(" OR ", topic.Select(range => string.Create(
                CultureInfo.InvariantCulture, $"({partition} = {range.Partition} AND {offset} >= {range.From} AND {offset} < {range.To})")));
            counts.AddRange(await database.QueryAsync(
                $$"""
                SELECT part, toInt64(uniqExact(place)), toInt64(uniqExactIf(place, dead)), toInt64(countIf(NOT dead)) - toInt64(uniqExactIf(place, NOT dead)),
                  toInt64(uniqExactIf(place, NOT dead)) - toInt64(uniqExactIf(id, NOT dead))
                FROM (
                  SELECT kafka_partition AS part, kafka_offset AS place, id, false AS dead FROM {{database.Table(topic.Key)}}
                  WHERE kafka_topic = {topic:String} AND ({{Within("kafka_partition", "kafka_offset")}})
                  UNION ALL
                  SELECT partition AS part, offset AS place, '' AS id, true AS dead FROM {{Letters}} FINAL
                  WHERE topic = {topic:String} AND replayed_at IS NULL AND ({{Within("partition", "offset")}}))
                GROUP BY part ORDER BY part
                """,
                row => new StoredPartition(topic.Key, row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
                cancellationToken, ("topic", topic.Key)));
        }

        return counts;
    }

    private async Task<long> CountAsync(string from, string topic, CancellationToken cancellationToken) =>
        (await database.QueryAsync($"SELECT toInt64(count()) FROM {from}", row => row.GetInt64(0), cancellationToken, ("topic", topic)))[0];

    private static AuditRecord Read(DbDataReader row) => new(
        Utc(row, 0).UtcDateTime, row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Text(row, 5), Text(row, 6), row.GetString(7), Text(row, 8), Text(row, 9));

    private static DateTimeOffset Utc(DbDataReader row, int column) => new(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
