using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.Utility;
using Telemetry.Tests.Shared;

namespace Telemetry.ClickHouseHost.Tests;

/// <summary>ClickHouse's own .NET client finds in the host what it expects of a server.</summary>
[Trait("Category", "Integration")]
public sealed class HttpInterfaceTests : IAsyncLifetime
{
    private readonly string _database = $"http_{Guid.NewGuid():N}";
    private ClickHouseServer _server = null!;
    private ClickHouseConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _server = await ClickHouseServer.StartAsync();
        using (var client = new ClickHouseClient(ConnectionString("default")))
            await client.ExecuteNonQueryAsync($"CREATE DATABASE {_database}");
        _connection = new ClickHouseConnection(ConnectionString(_database));
    }

    public async Task DisposeAsync()
    {
        await _connection.ExecuteStatementAsync($"DROP DATABASE {_database}");
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Parameters_arrive_as_they_are()
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = "SELECT {text:String}, {number:Int64}";
        command.AddParameter("text", "it's \\ a\ttab\nand 日本 {x}");
        command.AddParameter("number", -7L);

        await using var reader = await command.ExecuteReaderAsync();

        Assert.True(await reader.ReadAsync());
        Assert.Equal(("it's \\ a\ttab\nand 日本 {x}", -7L), (reader.GetString(0), reader.GetInt64(1)));
    }

    [Fact]
    public async Task Rows_inserted_in_bulk_are_read_back()
    {
        await _connection.ExecuteStatementAsync("CREATE TABLE t (id Int64, name LowCardinality(String), at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id");
        var at = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
        using var client = new ClickHouseClient(ConnectionString(_database));

        await client.InsertBinaryAsync("t", ["id", "name", "at"], Enumerable.Range(0, 100_000).Select(i => new object[] { (long)i, $"n{i % 7}", at }));

        Assert.Equal(100_000UL, await _connection.ExecuteScalarAsync("SELECT count() FROM t"));
        Assert.Equal(7UL, await _connection.ExecuteScalarAsync("SELECT uniqExact(name) FROM t"));
        Assert.Equal(at, await _connection.ExecuteScalarAsync("SELECT any(at) FROM t"));
    }

    [Fact]
    public async Task A_wrong_query_fails_with_the_engine_s_code()
    {
        var exception = await Assert.ThrowsAsync<ClickHouseServerException>(() => _connection.ExecuteScalarAsync("SELECT * FROM nowhere"));

        Assert.Equal(60, exception.ErrorCode);
    }

    [Fact]
    public async Task A_setting_holds_for_its_own_query_alone()
    {
        using var http = new HttpClient();
        async Task<string> MaxThreads(string settings) => (await http.GetStringAsync($"{_server.Url}/?query=SELECT+getSetting('max_threads'){settings}")).Trim();
        var before = await MaxThreads("");

        Assert.Equal("3", await MaxThreads("&max_threads=3"));
        for (var i = 0; i < 10; i++)
            Assert.Equal(before, await MaxThreads(""));
    }

    [Fact]
    public async Task Data_outlives_a_kill()
    {
        if (!_server.CanBeKilled)
            return;
        await _connection.ExecuteStatementAsync("CREATE TABLE k (id Int64) ENGINE = MergeTree ORDER BY id");
        await _connection.ExecuteStatementAsync("INSERT INTO k SELECT number FROM numbers(1000)");

        await _server.KillAsync();
        await _server.RestartAsync();

        Assert.Equal(1000UL, await _connection.ExecuteScalarAsync("SELECT count() FROM k"));
    }

    private string ConnectionString(string database) => $"Host={new Uri(_server.Url).Host};Port={new Uri(_server.Url).Port};Database={database};UseSession=false";
}
