using System.Globalization;
using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.DeadLetters;

/// <summary>Rows of <c>dead_letter</c> in ClickHouse. From any thread; a failure is a <see cref="System.Data.Common.DbException"/>.</summary>
internal sealed class ClickHouseDeadLetters(ClickHouseDatabase database)
{
    private static readonly IReadOnlyList<(string Name, string Type)> Columns =
    [
        ("topic", "LowCardinality(String)"),
        ("partition", "Int32"),
        ("offset", "Int64"),
        ("reason", "String"),
        ("received_at", "DateTime64(3, 'UTC')"),
        ("kafka_time", "DateTime64(3, 'UTC')"),
        ("raw", "String"),
        ("replayed_at", "Nullable(DateTime64(3, 'UTC'))"),
        ("version", "UInt64"),
    ];

    private string Table => database.Table(DeadLetterSchema.TableName);

    /// <summary>Keeps those that are new; one that is there stays as it is.</summary>
    public async Task AddAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellationToken)
    {
        List<DeadLetter> added = [];
        foreach (var partition in letters.GroupBy(letter => (letter.Topic, letter.Partition)))
        {
            var offsets = partition.DistinctBy(letter => letter.Offset).ToDictionary(letter => letter.Offset);
            var known = await database.QueryAsync(
                $$"""
                SELECT offset FROM {{Table}} WHERE topic = {topic:String} AND partition = {partition:Int32}
                  AND offset IN ({{string.Join(',', offsets.Keys.Select(offset => offset.ToString(CultureInfo.InvariantCulture)))}})
                """,
                row => row.GetInt64(0), cancellationToken, ("topic", partition.Key.Topic), ("partition", partition.Key.Partition));
            added.AddRange(offsets.Where(one => !known.Contains(one.Key)).Select(one => one.Value));
        }

        if (added.Count == 0)
            return;
        // Version 0 never wins over one that is there: not over ClickHouse's own, nor over one that was replayed.
        await database.InsertAsync(
            DeadLetterSchema.TableName,
            Columns,
            added.Select(letter => new object?[]
            {
                letter.Topic, letter.Partition, letter.Offset, letter.Reason, letter.ReceivedAt.UtcDateTime, letter.ReceivedAt.UtcDateTime,
                letter.Raw.ToArray(), null, 0UL,
            }),
            cancellationToken);
    }

    /// <summary>Those that were not replayed, newest first.</summary>
    public Task<IReadOnlyList<DeadLetter>> FindAsync(int limit, CancellationToken cancellationToken) => database.QueryAsync(
        // Bytes that are no text would not survive the driver's strings.
        $$"""
        SELECT topic, partition, offset, reason, received_at, base64Encode(raw) FROM {{Table}} FINAL
        WHERE replayed_at IS NULL ORDER BY received_at DESC, topic, partition, offset DESC LIMIT {limit:Int32}
        """,
        row => new DeadLetter
        {
            Topic = row.GetString(0),
            Partition = row.GetInt32(1),
            Offset = row.GetInt64(2),
            Reason = row.GetString(3),
            ReceivedAt = new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc)),
            Raw = Convert.FromBase64String(row.GetString(5)),
        },
        cancellationToken,
        ("limit", limit));

    /// <summary>How many were not replayed.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await database.QueryAsync(
        $"SELECT toInt64(count()) FROM {Table} FINAL WHERE replayed_at IS NULL", row => row.GetInt64(0), cancellationToken))[0];
}
