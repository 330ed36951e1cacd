using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Completeness;

/// <summary>
/// Completeness in ClickHouse. A row is one writer's: what several Collectors have seen of a producer is united when it is read, so that
/// none writes over what another knows.
/// </summary>
internal sealed class ClickHouseCompletenessStore(ClickHouseTables tables, IReadOnlyCollection<string> topics) : ICompletenessStore, IDisposable
{
    // A query's text is 256 KiB at most.
    private const int MostKeys = 4000;

    // ClickHouse's times end here.
    private static readonly DateTimeOffset Latest = new(2299, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly ClickHouseDatabase _database = tables.Database;
    private readonly string _writer = Guid.NewGuid().ToString("N");

    // This writer's rows are read and written again: one at a time.
    private readonly SemaphoreSlim _writeGate = new(1, 1);

    public IReadOnlyCollection<string> Topics => topics;

    private string Arrived => _database.Table(ClickHouseCompletenessSchema.Arrived);

    private string Reports => _database.Table(ClickHouseCompletenessSchema.Reports);

    public async Task AddAsync(
        IReadOnlyDictionary<ProducerClassKey, ArrivedEvents> arrived, IReadOnlyCollection<ReceivedReport> reports, CancellationToken cancellationToken)
    {
        await _writeGate.WaitAsync(cancellationToken);
        try
        {
            await tables.PrepareAsync(cancellationToken);
            if (arrived.Count > 0)
                await AddAsync(arrived, cancellationToken);
            if (reports.Count > 0)
                await _database.InsertAsync(ClickHouseCompletenessSchema.Reports, ClickHouseCompletenessSchema.ReportColumns, reports.Select(Row), cancellationToken);
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public async Task<IReadOnlyDictionary<ProducerClassKey, ArrivedEvents>> FindAsync(
        DateTimeOffset since, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await tables.PrepareAsync(cancellationToken);
        var rows = await ReadAsync(
            $$"""
            producer_key IN (
              SELECT producer_key FROM {{Arrived}} FINAL GROUP BY producer_key
              HAVING max(last_event_at) >= fromUnixTimestamp64Micro({since:Int64}, 'UTC') AND min(first_event_at) < fromUnixTimestamp64Micro({before:Int64}, 'UTC'))
            """,
            cancellationToken,
            ("since", Microseconds(since)),
            ("before", Microseconds(before)));
        var found = new Dictionary<ProducerClassKey, ArrivedEvents>();
        foreach (var (key, events, _) in rows)
        {
            if (!found.TryAdd(key, events))
                found[key].UnionWith(events);
        }

        return found;
    }

    public async Task<IReadOnlyList<ReceivedReport>> FindReportsAsync(CancellationToken cancellationToken)
    {
        await tables.PrepareAsync(cancellationToken);
        return await _database.QueryAsync(
            $"SELECT source, sequence, reported_at, received_at, report FROM {Reports} FINAL",
            row => new ReceivedReport
            {
                Source = row.GetString(0),
                Sequence = row.GetInt64(1),
                ReportedAt = row.GetUtc(2)!.Value,
                ReceivedAt = row.GetUtc(3)!.Value,
                Report = JsonSerializer.Deserialize(row.GetString(4), ReportJsonContext.Default.TelemetryProducerReport),
            },
            cancellationToken);
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await tables.PrepareAsync(cancellationToken);
        var keys = await _database.QueryAsync(
            $$"""
            SELECT producer_key FROM {{Arrived}} FINAL GROUP BY producer_key
            HAVING max(last_event_at) < fromUnixTimestamp64Micro({before:Int64}, 'UTC')
            """,
            row => row.GetString(0), cancellationToken, ("before", Microseconds(before)));
        foreach (var chunk in keys.Chunk(MostKeys))
        {
            // The report first: after a crash between the two, the key is still found.
            await _database.ExecuteAsync($"DELETE FROM {Reports} WHERE {In(chunk)}", cancellationToken);
            await _database.ExecuteAsync($"DELETE FROM {Arrived} WHERE {In(chunk)}", cancellationToken);
        }
    }

    /// <summary>Leaves the database open: it is not this store's.</summary>
    public void Dispose() => _writeGate.Dispose();

    private async Task AddAsync(IReadOnlyDictionary<ProducerClassKey, ArrivedEvents> arrived, CancellationToken cancellationToken)
    {
        Dictionary<ProducerClassKey, (ArrivedEvents Events, ulong Version)> own = [];
        foreach (var keys in arrived.Keys.Select(key => KeyOf(key.Producer)).Distinct().Chunk(MostKeys))
        {
            foreach (var (key, events, version) in await ReadAsync($"writer = '{_writer}' AND {In(keys)}", cancellationToken))
                own[key] = (events, version);
        }

        var rows = arrived.Select(batch =>
        {
            if (!own.TryGetValue(batch.Key, out var before))
                return Row(batch.Key, batch.Value, 1);
            before.Events.UnionWith(batch.Value);
            return Row(batch.Key, before.Events, before.Version + 1);
        });
        await _database.InsertAsync(ClickHouseCompletenessSchema.Arrived, ClickHouseCompletenessSchema.ArrivedColumns, rows, cancellationToken);
    }

    private Task<IReadOnlyList<(ProducerClassKey Key, ArrivedEvents Events, ulong Version)>> ReadAsync(
        string condition, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) => _database.QueryAsync(
        // Bytes that are no text would not survive the driver's strings.
        $"""
        SELECT producer, delivery_class, base64Encode(sequences), base64Encode(dropped), first_event_at, last_event_at, version
        FROM {Arrived} FINAL WHERE {condition}
        """,
        Read,
        cancellationToken,
        parameters);

    private static (ProducerClassKey, ArrivedEvents, ulong) Read(DbDataReader row)
    {
        var delivery = DeliveryClassNames.Find(row.GetString(1))
            ?? throw new InvalidDataException($"The store has delivery class '{row.GetString(1)}', which this version does not know.");
        var events = new ArrivedEvents { Sequences = ReadSet(row, 2), Dropped = ReadSet(row, 3) };
        events.Widen(row.GetUtc(4)!.Value, row.GetUtc(5)!.Value);
        return (new ProducerClassKey(row.GetString(0), delivery), events, row.GetFieldValue<ulong>(6));
    }

    private static SequenceSet ReadSet(DbDataReader row, int ordinal) => SequenceSetCodec.Decode(Convert.FromBase64String(row.GetString(ordinal)));

    private object?[] Row(ProducerClassKey key, ArrivedEvents events, ulong version) =>
    [
        KeyOf(key.Producer),
        key.Producer,
        DeliveryClassNames.Of(key.Delivery),
        _writer,
        SequenceSetCodec.Encode(events.Sequences),
        SequenceSetCodec.Encode(events.Dropped),
        Within(events.FirstEventAt).UtcDateTime,
        Within(events.LastEventAt).UtcDateTime,
        version,
    ];

    private static object?[] Row(ReceivedReport report) =>
    [
        KeyOf(report.Report.Producer),
        report.Source,
        report.Sequence,
        Within(report.ReportedAt).UtcDateTime,
        Within(report.ReceivedAt).UtcDateTime,
        JsonSerializer.Serialize(report.Report, ReportJsonContext.Default.TelemetryProducerReport),
    ];

    private static string In(IEnumerable<string> keys) => $"producer_key IN ({string.Join(',', keys.Select(key => $"'{key}'"))})";

    // Of fixed length and safe in SQL, whatever a producer calls itself.
    private static string KeyOf(string producer) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(producer)).AsSpan(0, 16));

    private static long Microseconds(DateTimeOffset time) => (Within(time).UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset Within(DateTimeOffset time) =>
        time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time > Latest ? Latest : time;
}
