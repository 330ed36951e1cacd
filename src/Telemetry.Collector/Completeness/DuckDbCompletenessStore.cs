using System.Data.Common;
using System.Text.Json;
using DuckDB.NET.Data;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.DuckDb;

namespace Telemetry.Collector.Completeness;

/// <summary>Completeness in the Collector's own DuckDB file, in tables of its own.</summary>
internal sealed class DuckDbCompletenessStore : ICompletenessStore, IDisposable
{
    // The engine's times end in the years of a DateTime too, but not at its last tick.
    private static readonly DateTimeOffset Earliest = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly DuckDbDatabase _database;
    private int _disposed;

    private DuckDbCompletenessStore(DuckDbDatabase database, IReadOnlyCollection<string> topics)
    {
        _database = database;
        Topics = topics;
    }

    public IReadOnlyCollection<string> Topics { get; }

    /// <summary>Opens the file, beside whoever else in this process has it open, and brings its tables up to date.</summary>
    public static DuckDbCompletenessStore Open(string path, IReadOnlyCollection<string> topics) => new(
        DuckDbDatabase.Open(path == DuckDbDatabase.InMemory ? path : Path.GetFullPath(path), CompletenessSchema.Migrate), topics);

    public Task AddAsync(
        IReadOnlyDictionary<ProducerClassKey, ArrivedEvents> arrived, IReadOnlyCollection<ReceivedReport> reports, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection =>
            {
                var known = ReadArrived(
                    connection, "WHERE producer IN (SELECT unnest($producers))", ("producers", arrived.Keys.Select(key => key.Producer).Distinct().ToList()));
                foreach (var (key, events) in arrived)
                {
                    if (known.TryGetValue(key, out var before))
                        before.UnionWith(events);
                    Write(connection, key, before ?? events);
                }

                foreach (var report in reports)
                    Write(connection, report);
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<ProducerClassKey, ArrivedEvents>> FindAsync(
        DateTimeOffset since, DateTimeOffset before, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyDictionary<ProducerClassKey, ArrivedEvents>>(
            connection => ReadArrived(
                connection,
                """
                WHERE producer IN (
                  SELECT producer FROM arrived_sequences GROUP BY producer HAVING max(last_event_at) >= $since AND min(first_event_at) < $before)
                """,
                ("since", Within(since)),
                ("before", Within(before))),
            cancellationToken);

    public Task<IReadOnlyList<ReceivedReport>> FindReportsAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ReceivedReport>>(
            connection => connection.Query("SELECT source, sequence, reported_at, received_at, report FROM producer_reports", ReadReport), cancellationToken);

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => _database.WriteAsync(
        connection =>
        {
            connection.Execute(
                """
                DELETE FROM arrived_sequences WHERE producer IN (
                  SELECT producer FROM arrived_sequences GROUP BY producer HAVING max(last_event_at) < $before)
                """,
                ("before", Within(before)));
            connection.Execute("DELETE FROM producer_reports WHERE producer NOT IN (SELECT producer FROM arrived_sequences)");
        },
        cancellationToken);

    /// <summary>Closes its connections after the write under way.</summary>
    public void Dispose()
    {
        // It is two services, and the container disposes each.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _database.Dispose();
    }

    private static Dictionary<ProducerClassKey, ArrivedEvents> ReadArrived(
        DuckDBConnection connection, string where, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        connection.Query(
            $"SELECT producer, delivery_class, sequences, dropped, first_event_at, last_event_at FROM arrived_sequences {where}", ReadArrived, parameters)
            .ToDictionary();

    private static KeyValuePair<ProducerClassKey, ArrivedEvents> ReadArrived(DbDataReader row)
    {
        var delivery = DeliveryClassNames.Find(row.GetString(1))
            ?? throw new InvalidDataException($"The store has delivery class '{row.GetString(1)}', which this version does not know.");
        var events = new ArrivedEvents { Sequences = ReadSet(row, 2), Dropped = ReadSet(row, 3) };
        events.Widen(row.GetUtc(4)!.Value, row.GetUtc(5)!.Value);
        return new(new ProducerClassKey(row.GetString(0), delivery), events);
    }

    private static SequenceSet ReadSet(DbDataReader row, int ordinal)
    {
        using var stream = row.GetStream(ordinal);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return SequenceSetCodec.Decode(bytes);
    }

    private static ReceivedReport ReadReport(DbDataReader row) => new()
    {
        Source = row.GetString(0),
        Sequence = row.GetInt64(1),
        ReportedAt = row.GetUtc(2)!.Value,
        ReceivedAt = row.GetUtc(3)!.Value,
        Report = JsonSerializer.Deserialize(row.GetString(4), ReportJsonContext.Default.TelemetryProducerReport),
    };

    private static void Write(DuckDBConnection connection, ProducerClassKey key, ArrivedEvents events) => connection.Execute(
        "INSERT OR REPLACE INTO arrived_sequences VALUES ($producer, $class, $sequences, $dropped, $first, $last)",
        ("producer", key.Producer),
        ("class", DeliveryClassNames.Of(key.Delivery)),
        ("sequences", SequenceSetCodec.Encode(events.Sequences)),
        ("dropped", SequenceSetCodec.Encode(events.Dropped)),
        ("first", Within(events.FirstEventAt)),
        ("last", Within(events.LastEventAt)));

    private static void Write(DuckDBConnection connection, ReceivedReport report)
    {
        var newer = connection.Query(
            "SELECT 1 FROM producer_reports WHERE producer = $producer AND sequence >= $sequence", _ => true,
            ("producer", report.Report.Producer), ("sequence", report.Sequence));
        if (newer.Count > 0)
            return;
        connection.Execute(
            "INSERT OR REPLACE INTO producer_reports VALUES ($producer, $source, $sequence, $reported, $received, $report)",
            ("producer", report.Report.Producer),
            ("source", report.Source.Replace('\0', '\uFFFD')),
            ("sequence", report.Sequence),
            ("reported", Within(report.ReportedAt)),
            ("received", Within(report.ReceivedAt)),
            ("report", JsonSerializer.Serialize(report.Report, ReportJsonContext.Default.TelemetryProducerReport)));
    }

    private static DateTime Within(DateTimeOffset time) => (time < Earliest ? Earliest : time > Latest ? Latest : time).UtcDateTime;
}
