using System.Data.Common;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.Utility;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.ClickHouse;

/// <summary>The Collector's database in ClickHouse. Every failure of the server or the way to it is a <see cref="DbException"/>.</summary>
/// <remarks>
/// Safe for use from any thread; statements run beside each other on pooled HTTP connections. ClickHouse has no transactions: a write
/// that may be repeated must leave the same rows.
/// </remarks>
public sealed class ClickHouseDatabase : IDisposable
{
    private readonly ClickHouseClient _client;
    private readonly ClickHouseConnection _connection;
    // An address has room for short parameters alone; a form costs a little more with each statement.
    private readonly ClickHouseConnection _forms;
    private readonly ClickHouseEndpoint _endpoint;

    /// <summary>Makes the client; it connects with the first statement.</summary>
    /// <param name="options">Checked options; <see cref="ClickHouseOptions.Url"/> is set.</param>
    public ClickHouseDatabase(IOptions<ClickHouseOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        _endpoint = ClickHouseEndpoint.Parse(settings.Url);
        (Name, Cluster) = (settings.Database, settings.Cluster);
        string Connection(bool useForms) => new ClickHouseConnectionStringBuilder
        {
            Host = _endpoint.Host,
            Port = (ushort)_endpoint.Port,
            Protocol = _endpoint.Scheme,
            Username = _endpoint.User,
            Password = _endpoint.Password,
            // Tables are always named with their database: it need not exist yet.
            Database = "default",
            Timeout = settings.Timeout,
            UseSession = false,
            UseFormDataParameters = useForms,
        }.ConnectionString;
        _client = new ClickHouseClient(Connection(useForms: false));
        _connection = new ClickHouseConnection(Connection(useForms: false));
        _forms = new ClickHouseConnection(Connection(useForms: true));
    }

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>The cluster that tables are made on, or null for a single server.</summary>
    public string? Cluster { get; }

    /// <summary>A table's name with its database, quoted.</summary>
    public string Table(string name) => $"{Sql.Identifier(Name)}.{Sql.Identifier(name)}";

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <param name="sql">The statement; parameters stand in it as <c>{name:Type}</c>.</param>
    /// <param name="cancellationToken">Ends the wait; the server may go on.</param>
    /// <param name="parameters">The parameters' values.</param>
    /// <exception cref="DbException">The server refuses the statement, or does not answer.</exception>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) => GuardAsync(
        async () =>
        {
            await using var command = Command(_connection, sql, parameters);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Runs a query and reads all its rows.</summary>
    /// <param name="sql">The query; parameters stand in it as <c>{name:Type}</c>.</param>
    /// <param name="read">Makes a value of the current row.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="parameters">The parameters' values.</param>
    /// <exception cref="DbException">The server refuses the query, or does not answer.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        ReadAsync(_connection, sql, read, parameters, cancellationToken);

    /// <summary>As <see cref="QueryAsync{T}"/>, for parameters too long for an address: each up to 128 KB as text, which is ClickHouse's own bound.</summary>
    /// <param name="sql">The query; parameters stand in it as <c>{name:Type}</c>.</param>
    /// <param name="read">Makes a value of the current row.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="parameters">The parameters' values.</param>
    /// <exception cref="DbException">The server refuses the query, or does not answer.</exception>
    public Task<IReadOnlyList<T>> QueryLongAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        ReadAsync(_forms, sql, read, parameters, cancellationToken);

    /// <summary>
    /// Inserts rows in bulk: of one partition as one block, which is there as a whole or not at all, where they are at most some 100,000.
    /// </summary>
    /// <param name="table">The table's name in this database.</param>
    /// <param name="columns">The columns that the rows hold, with their types, in their order.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Ends the wait; the server may have taken some.</param>
    /// <exception cref="DbException">The server refuses the rows, or does not answer.</exception>
    public Task InsertAsync(
        string table, IReadOnlyList<(string Name, string Type)> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        GuardAsync(
            () => _client.InsertBinaryAsync(
                Table(table),
                [.. columns.Select(column => column.Name)],
                rows!,
                new InsertOptions
                {
                    ColumnTypes = columns.ToDictionary(column => column.Name, column => column.Type),
                    // Else rows of more than a hundred months are refused, and would be for ever.
                    CustomSettings = new Dictionary<string, object> { ["max_partitions_per_insert_block"] = 0 },
                },
                cancellationToken),
            cancellationToken);

    public void Dispose()
    {
        _connection.Dispose();
        _forms.Dispose();
        _client.Dispose();
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        ClickHouseConnection connection, string sql, Func<DbDataReader, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        return GuardAsync<IReadOnlyList<T>>(
            async () =>
            {
                await using var command = Command(connection, sql, parameters);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken))
                    rows.Add(read(reader));
                return rows;
            },
            cancellationToken);
    }

    private static ClickHouseCommand Command(ClickHouseConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.AddParameter(name, value);
        return command;
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ClickHouseException($"ClickHouse at {_endpoint} does not answer: {exception.Message}", exception);
        }
    }
}
