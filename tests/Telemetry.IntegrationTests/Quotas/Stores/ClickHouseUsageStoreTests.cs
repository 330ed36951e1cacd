using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas.Usage;
using Telemetry.Collector.Quotas.Usage.Stores;
using Telemetry.Tests.Shared;

namespace Telemetry.IntegrationTests.Quotas.Stores;

/// <summary>The contract over ClickHouse's own engine.</summary>
[Trait("Category", "Integration")]
public sealed class ClickHouseUsageStoreTests(ClickHouseUsageStoreTests.Server server)
    : UsageStoreContract, IClassFixture<ClickHouseUsageStoreTests.Server>, IAsyncLifetime
{
    private static readonly (string Name, string Type)[] Columns =
    [
        ("id", "String"), ("type", "LowCardinality(String)"), ("time", "DateTime64(3, 'UTC')"), ("tenantid", "LowCardinality(String)"),
        ("user_id", "Nullable(String)"), ("task_id", "Nullable(String)"), ("credits", "Nullable(Decimal(38, 12))"),
        ("kafka_topic", "LowCardinality(String)"), ("kafka_partition", "Int32"), ("kafka_offset", "Int64"), ("kafka_time", "DateTime64(3, 'UTC')"),
    ];

    private readonly ClickHouseDatabase _database = new(Options.Create(new ClickHouseOptions { Url = server.Url, Database = $"usage_{Guid.NewGuid():N}" }));
    private readonly DirectTopicsOptions _options = new() { Topics = { "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu" } };
    private IUsageStore? _store;

    private protected override IUsageStore Store => _store!;

    public async Task InitializeAsync()
    {
        var schemas = new DirectTopicSchemas(Options.Create(_options));
        await _database.ExecuteAsync($"CREATE DATABASE {_database.Name}", default);
        foreach (var schema in schemas.All)
            await _database.ExecuteAsync(new DirectTables(_options, _database.Name, null).CreateLanding(schema), default);
        _store = new ClickHouseUsageStore(_database, schemas);
    }

    public async Task DisposeAsync()
    {
        await _database.ExecuteAsync($"DROP DATABASE {_database.Name}", default);
        _database.Dispose();
    }

    private protected override async Task WriteAsync(IReadOnlyList<StoredCharge> charges)
    {
        foreach (var topic in charges.GroupBy(charge => charge.Topic))
        {
            await _database.InsertAsync(topic.Key, Columns, topic.Select(charge => new object?[]
            {
                charge.Id, charge.Type, DateTimeOffset.FromUnixTimeMilliseconds(charge.Time).UtcDateTime, charge.Tenant, charge.User, charge.Task, charge.Credits,
                charge.Topic, charge.Partition, charge.Offset, DateTime.UtcNow,
            }), default);
        }
    }

    /// <summary>One for all tests of the class.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private ClickHouseServer? _server;

        internal string Url => _server!.Url;

        public async Task InitializeAsync() => _server = await ClickHouseServer.StartAsync();

        public async Task DisposeAsync() => await _server!.DisposeAsync();
    }
}
