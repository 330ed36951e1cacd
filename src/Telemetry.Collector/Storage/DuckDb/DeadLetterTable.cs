using System.Data.Common;
using DuckDB.NET.Data;
using Telemetry.Collector.DeadLetters;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Rows of <c>dead_letters</c>.</summary>
internal static class DeadLetterTable
{
    /// <summary>Inserts those that are new; a redelivered record keeps its first row.</summary>
    public static void Insert(DuckDBConnection connection, IReadOnlyCollection<DeadLetter> deadLetters)
    {
        if (deadLetters.Count == 0)
            return;

        connection.Execute("CREATE TEMP TABLE staged_dead_letters AS FROM dead_letters LIMIT 0");
        using (var appender = connection.CreateAppender("temp", "main", "staged_dead_letters"))
        {
            foreach (var letter in deadLetters)
            {
                appender.CreateRow()
                    .AppendValue(letter.Topic)
                    .AppendValue((int?)letter.Partition)
                    .AppendValue((long?)letter.Offset)
                    // The engine would end the sentence at U+0000, which it may quote from the record.
                    .AppendValue(letter.Reason.Replace('\0', '\uFFFD'))
                    .AppendValue((DateTime?)letter.ReceivedAt.UtcDateTime)
                    .AppendValue(letter.Raw.ToArray())
                    .EndRow();
            }
        }

        connection.Execute("INSERT OR IGNORE INTO dead_letters FROM staged_dead_letters");
    }

    public static List<DeadLetter> Newest(DuckDBConnection connection, int limit) => connection.Query(
        """
        SELECT topic, topic_partition, topic_offset, reason, received_at, raw FROM dead_letters
        ORDER BY received_at DESC, topic, topic_partition, topic_offset DESC LIMIT $limit
        """,
        Read,
        ("limit", limit));

    private static DeadLetter Read(DbDataReader row)
    {
        // The stream points into the reader's own memory, which goes with the reader.
        using var stream = row.GetStream(5);
        var raw = new byte[stream.Length];
        stream.ReadExactly(raw);
        return new DeadLetter
        {
            Topic = row.GetString(0),
            Partition = row.GetInt32(1),
            Offset = row.GetInt64(2),
            Reason = row.GetString(3),
            ReceivedAt = row.GetUtc(4)!.Value,
            Raw = raw,
        };
    }
}
