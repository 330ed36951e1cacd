using System.Data.Common;
using System.Text;
using System.Threading.Channels;
using DuckDB.NET.Data;
using Telemetry.Collector.Storage.DuckDb;

namespace Telemetry.Collector.Quotas.Log.DuckDb;

/// <summary>The state log as a table of a file of its own. Appends that come together share one transaction, and so one wait for the disk.</summary>
internal sealed class DuckDbStateLog : IStateLog, IDisposable
{
    private readonly Channel<PendingAppend> _pending = Channel.CreateUnbounded<PendingAppend>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DuckDbDatabase _database;
    private readonly Task _writing;
    private long _position;

    /// <param name="path">The file, or <see cref="DuckDbDatabase.InMemory"/>.</param>
    /// <exception cref="Telemetry.Collector.Hosting.StartupException">The file cannot be opened; the message says why and what helps.</exception>
    public DuckDbStateLog(string path)
    {
        _database = DuckDbDatabase.Open(path, (connection, _) =>
        {
            connection.Execute("CREATE TABLE IF NOT EXISTS quota_state (key BLOB PRIMARY KEY, owner BLOB NOT NULL, value BLOB NOT NULL, position BIGINT NOT NULL)");
            _position = connection.Query("SELECT coalesce(max(position), 0) FROM quota_state", row => row.GetInt64(0))[0];
        });
        _writing = Task.Run(WriteAsync);
    }

    public async Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken)
    {
        try
        {
            await _database.ReadAsync(
                connection =>
                {
                    connection.Query("SELECT key, owner, value FROM quota_state ORDER BY position", row =>
                    {
                        apply(new StateRecord(Encoding.UTF8.GetString(Bytes(row, 0)), Encoding.UTF8.GetString(Bytes(row, 1)), Bytes(row, 2)));
                        return true;
                    });
                    return true;
                },
                cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw new StateLogException($"The state log cannot be read: {exception.Message}", isOutcomeUnknown: false, exception);
        }
    }

    public async ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken)
    {
        var append = new PendingAppend(records);
        if (!_pending.Writer.TryWrite(append))
            throw new StateLogException("The state log was closed.", isOutcomeUnknown: false);
        try
        {
            await append.Done.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            throw new StateLogException("The wait for the state log was ended.", isOutcomeUnknown: true, exception);
        }
    }

    public void Dispose()
    {
        _pending.Writer.TryComplete();
        _writing.Wait();
        _database.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _pending.Reader.WaitToReadAsync())
        {
            var group = new List<PendingAppend>();
            while (_pending.Reader.TryRead(out var append))
                group.Add(append);
            await WriteAsync(group);
        }
    }

    private async Task WriteAsync(List<PendingAppend> group)
    {
        var isWritten = false;
        try
        {
            await _database.WriteAsync(
                connection =>
                {
                    // The last of a key counts; the engine takes a key once in a transaction.
                    foreach (var record in group.SelectMany(append => append.Records).GroupBy(record => record.Key).Select(same => same.Last()))
                        Write(connection, record);
                    isWritten = true;
                },
                CancellationToken.None);
            group.ForEach(append => append.Done.SetResult());
        }
#pragma warning disable CA1031 // Whatever it was, those who wait are told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Where only the commit failed, the next start may find it all the same.
            var failure = new StateLogException($"The state log cannot be written: {exception.Message}", isWritten, exception);
            group.ForEach(append => append.Done.SetException(failure));
        }
    }

    private void Write(DuckDBConnection connection, StateRecord record)
    {
        if (record.Value.IsEmpty)
        {
            connection.Execute("DELETE FROM quota_state WHERE key = $key", ("key", Encoding.UTF8.GetBytes(record.Key)));
            return;
        }

        connection.Execute(
            """
            INSERT INTO quota_state VALUES ($key, $owner, $value, $position)
            ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, value = excluded.value, position = excluded.position
            """,
            ("key", Encoding.UTF8.GetBytes(record.Key)), ("owner", Encoding.UTF8.GetBytes(record.Owner)), ("value", record.Value.ToArray()), ("position", ++_position));
    }

    private static byte[] Bytes(DbDataReader row, int column)
    {
        using var value = row.GetStream(column);
        using var bytes = new MemoryStream();
        value.CopyTo(bytes);
        return bytes.ToArray();
    }
}
