using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Completeness;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Storage.ClickHouse;
using Telemetry.Tests.Shared;

namespace Telemetry.Collector.Tests.Storage;

/// <summary>A ClickHouse for the tests of a class; each asks for databases of its own.</summary>
public sealed class ClickHouseFixture : IAsyncLifetime
{
    private readonly string _unique = $"runs_{Guid.NewGuid():N}"[..16];
    private readonly List<IDisposable> _owned = [];
    private int _databases;

    internal ClickHouseServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ClickHouseServer.StartAsync();

    public async Task DisposeAsync()
    {
        if (!Server.CanBeKilled)
        {
            using var database = Database("default");
            for (var i = 1; i <= _databases; i++)
                await database.ExecuteAsync($"DROP DATABASE IF EXISTS {_unique}_{i}", default);
        }

        foreach (var one in _owned)
            one.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>The name of a database that is not there yet.</summary>
    internal string NewName() => $"{_unique}_{Interlocked.Increment(ref _databases)}";

    /// <summary>The way to a database of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="url">Another address than the server's own.</param>
    internal ClickHouseDatabase Database(string name, string? url = null) => new(Options.Create(new ClickHouseOptions
    {
        Url = url ?? Server.Url, Database = name, Timeout = TimeSpan.FromSeconds(30),
    }));

    /// <summary>The tables of runs in a database of that name; disposed with the fixture.</summary>
    internal ClickHouseTables Tables(string name, string? url = null, int? retentionDays = null)
    {
        var database = Database(name, url);
        var tables = new ClickHouseTables(
            database,
            [
                new SchemaComponent(DeadLetterSchema.Component, DeadLetterSchema.Steps(name, null)),
                new SchemaComponent(RunSchema.Component, RunSchema.Steps(name, null, retentionDays)),
                new SchemaComponent(ClickHouseCompletenessSchema.Component, ClickHouseCompletenessSchema.Steps(name, null)),
            ],
            NullLogger<ClickHouseTables>.Instance);
        lock (_owned)
            _owned.AddRange([tables, database]);
        return tables;
    }
}
