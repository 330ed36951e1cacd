using System.Data.Common;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.DirectTopics.Audit;
using Telemetry.Collector.DirectTopics.Embedded;
using Telemetry.Collector.DirectTopics.Proof;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.DuckDb;
using Telemetry.Events;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Stores;

/// <summary>The tables that this process fills where there is no ClickHouse.</summary>
internal sealed class DuckDbDirectTopics : IDirectTopicsStore, IDisposable
{
    private readonly DuckDbDatabase _database;
    private readonly DirectTopicSchemas _schemas;

    public DuckDbDirectTopics(IOptions<DirectTopicsOptions> options, DirectTopicSchemas schemas)
    {
        _schemas = schemas;
        var path = options.Value.Path;
        _database = DuckDbDatabase.Open(
            path == DuckDbDatabase.InMemory ? path : Path.GetFullPath(path), (connection, _) => DuckDbDirectTables.Migrate(connection, schemas.All));
    }

    /// <summary>Stores rows and dead letters of one topic in one transaction.</summary>
    public Task WriteAsync(TopicSchema schema, IReadOnlyCollection<DirectRow> rows, IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection =>
            {
                DuckDbDirectTables.Insert(connection, schema, rows);
                DeadLetterTable.Insert(connection, letters);
            },
            cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> FindAuditAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var dialect = new AuditSql(
            DuckDbDirectTables.Quote, (name, _) => $"${name}", parameter => $"make_timestamp({parameter} * 1000)",
            limit => $"QUALIFY row_number() OVER (PARTITION BY id ORDER BY time DESC) = 1 ORDER BY time DESC, id DESC {limit}");
        return dialect.Of(filter, _schemas.All) is { } query
            ? _database.ReadAsync<IReadOnlyList<AuditRecord>>(connection => connection.Query(query.Sql, Read, query.Parameters), cancellationToken)
            : Task.FromResult<IReadOnlyList<AuditRecord>>([]);
    }

    public Task<IReadOnlyList<DeadLetter>> FindDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<DeadLetter>>(connection => DeadLetterTable.Newest(connection, limit), cancellationToken);

    public Task AddDeadLettersAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellationToken) =>
        _database.WriteAsync(connection => DeadLetterTable.Insert(connection, letters), cancellationToken);

    public async Task<ReplayResult> ReplayAsync(string topic, CancellationToken cancellationToken)
    {
        var schema = _schemas.Find(topic);
        var result = new ReplayResult(0, 0);
        await _database.WriteAsync(
            connection =>
            {
                var letters = DeadLetterTable.Newest(connection, int.MaxValue).Where(letter => letter.Topic == topic).ToList();
                var rows = letters.Select(letter => Decode(schema, letter)).OfType<DirectRow>().ToList();
                if (schema is not null)
                    DuckDbDirectTables.Insert(connection, schema, rows);
                foreach (var row in rows)
                {
                    connection.Execute(
                        "DELETE FROM dead_letters WHERE topic = $topic AND topic_partition = $part AND topic_offset = $place",
                        ("topic", topic), ("part", row.Event.Partition), ("place", row.Event.Offset));
                }

                result = new ReplayResult(rows.Count, letters.Count - rows.Count);
            },
            cancellationToken);
        return result;
    }

    public Task<IReadOnlyList<StoredPartition>> CountAsync(IReadOnlyList<PartitionRange> ranges, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<StoredPartition>>(
            connection => [.. ranges.Select(range => Count(connection, range))], cancellationToken);

    /// <summary>Reads the tables on a snapshot.</summary>
    public Task<List<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> read, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancellationToken) =>
        _database.ReadAsync(connection => connection.Query(sql, read, [.. parameters]), cancellationToken);

    public void Dispose() => _database.Dispose();

    private static StoredPartition Count(DuckDBConnection connection, PartitionRange range)
    {
        var bounds = new (string, object?)[] { ("topic", range.Topic), ("part", range.Partition), ("first", range.From), ("behind", range.To) };
        var (rows, ids) = connection.Query(
            $"""
            SELECT count(*), count(DISTINCT id) FROM {DuckDbDirectTables.Quote(range.Topic)}
            WHERE kafka_topic = $topic AND kafka_partition = $part AND kafka_offset >= $first AND kafka_offset < $behind
            """,
            row => (row.GetInt64(0), row.GetInt64(1)), bounds)[0];
        var dead = connection.Query(
            "SELECT count(*) FROM dead_letters WHERE topic = $topic AND topic_partition = $part AND topic_offset >= $first AND topic_offset < $behind",
            row => row.GetInt64(0), bounds)[0];
        return new StoredPartition(range.Topic, range.Partition, rows + dead, dead, Redelivered: 0, rows - ids);
    }

    private static DirectRow? Decode(TopicSchema? schema, DeadLetter letter) =>
        schema is not null && EventEnvelopeReader.TryRead(letter.Raw, out var envelope, out _) && DirectRowDecoder.TryDecode(
            schema,
            new ConsumedEvent { Topic = letter.Topic, Partition = letter.Partition, Offset = letter.Offset, Value = letter.Raw, Envelope = envelope },
            out var row, out _)
            ? row
            : null;

    private static AuditRecord Read(DbDataReader row) => new(
        row.GetUtc(0)!.Value.UtcDateTime, row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetText(5), row.GetText(6),
        row.GetString(7), row.GetText(8), row.GetText(9));
}
