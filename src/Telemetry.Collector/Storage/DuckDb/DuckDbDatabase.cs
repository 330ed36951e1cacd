using DuckDB.NET.Data;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>One DuckDB file, open in this process alone, and the rule of who may use it when.</summary>
/// <remarks>
/// DuckDB lets many connections of one process work on one file at once, each seeing a snapshot; a single connection runs
/// one statement at a time. So every read has its own connection and never waits for a writer. Writers take turns: the
/// second of two transactions that touch the same row would fail at commit. A connection costs about 20 µs, and a fresh
/// one cannot carry over a broken transaction. DuckDB has no asynchronous API, hence <see cref="Task.Run(Action)"/>.
/// </remarks>
internal sealed class DuckDbDatabase : IDisposable
{
    public const string InMemory = DuckDBConnectionStringBuilder.InMemoryDataSource;

    private readonly SemaphoreSlim _writeGate = new(1, 1);

    // Held for life: DuckDB closes the file with its last connection, and an in-memory database dies with it.
    private readonly DuckDBConnection _root;
    private readonly bool _inMemory;
    private bool _disposed;

    private DuckDbDatabase(DuckDBConnection root, bool inMemory)
    {
        _root = root;
        _inMemory = inMemory;
    }

    /// <param name="path">The file, created with its directory where missing, or <see cref="InMemory"/>.</param>
    /// <exception cref="StartupException">The file cannot be opened; the message says why and what helps.</exception>
    public static DuckDbDatabase Open(string path) => Open(path, DuckDbSchema.Migrate);

    /// <param name="path">The file, created with its directory where missing, or <see cref="InMemory"/>.</param>
    /// <param name="migrate">Brings the tables that are used up to date.</param>
    /// <exception cref="StartupException">The file cannot be opened; the message says why and what helps.</exception>
    public static DuckDbDatabase Open(string path, Action<DuckDBConnection, string> migrate)
    {
        var inMemory = path == InMemory;
        var root = new DuckDBConnection(ConnectionString(path));
        try
        {
            if (!inMemory)
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            root.Open();
            migrate(root, path);
            return new DuckDbDatabase(root, inMemory);
        }
        catch (Exception exception)
        {
            root.Dispose();
            if (exception is DuckDBException or IOException or UnauthorizedAccessException)
                throw new StartupException(WhyNotOpened(path, exception.Message), exception);
            throw;
        }
    }

    /// <summary>Runs <paramref name="read"/> on a snapshot: all its statements see the same rows.</summary>
    public Task<T> ReadAsync<T>(Func<DuckDBConnection, T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = Connect();
            using var transaction = connection.BeginTransaction();
            var result = read(connection);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    /// <summary>Runs <paramref name="write"/> in one transaction, after those before it; a throw undoes all of it.</summary>
    public async Task WriteAsync(Action<DuckDBConnection> write, CancellationToken cancellationToken)
    {
        await _writeGate.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(
                () =>
                {
                    using var connection = Connect();
                    using var transaction = connection.BeginTransaction();
                    write(connection);
                    transaction.Commit();
                },
                CancellationToken.None);
        }
        finally
        {
            _writeGate.Release();
        }
    }

    /// <summary>Waits for the write under way, then closes the file. More than one call does no more.</summary>
    public void Dispose()
    {
        // A store that is registered under two services is disposed for each.
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _writeGate.Wait();
        _root.Dispose();
        _writeGate.Dispose();
    }

    private DuckDBConnection Connect()
    {
        // For a file the driver shares one engine between connections of the same path; in memory only a duplicate does.
        var connection = _inMemory ? _root.Duplicate() : new DuckDBConnection(_root.ConnectionString);
        connection.Open();
        return connection;
    }

    // The engine needs no other file and no download: what it cannot do, an injected statement cannot do either.
    private static string ConnectionString(string path) => new DuckDBConnectionStringBuilder
    {
        DataSource = path,
        ["enable_external_access"] = "false",
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
    }.ConnectionString;

    private static string WhyNotOpened(string path, string cause)
    {
        // Only DuckDB's text tells the lock from other I/O errors.
        var help = cause.Contains("Conflicting lock", StringComparison.OrdinalIgnoreCase)
            ? "Another process has it open: stop that process, or set Collector:Storage:Path to another file."
            : "Set Collector:Storage:Path to a file in a directory that this process may write to.";
        return $"The store file '{path}' cannot be opened. {help} ({cause.ReplaceLineEndings(" ")})";
    }
}
