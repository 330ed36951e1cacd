using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Storage.ClickHouse;

namespace Telemetry.Collector.Tests.Storage;

/// <summary>The Collector's own tables in ClickHouse, as <c>schema plan</c> and <c>schema apply</c> see them.</summary>
[Trait("Category", "Integration")]
public sealed class StoreSchemaTests(ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>
{
    [Fact]
    public async Task Applied_once_there_is_nothing_left_to_do_and_the_store_finds_its_tables()
    {
        var name = clickHouse.NewName();
        using var database = clickHouse.Database(name);
        var schema = Schema(name, 90);

        Assert.NotEmpty((await schema.PlanAsync(database, false, default)).Steps);
        await schema.ApplyAsync(database, false, default);

        Assert.Empty((await schema.PlanAsync(database, false, default)).Steps);
        using var store = new ClickHouseRunStore(clickHouse.Tables(name, retentionDays: 90), new() { SettleDelay = TimeSpan.Zero });
        Assert.Equal(0, (await store.CountAsync(default)).Runs.Values.Sum());
        Assert.Empty((await schema.PlanAsync(database, false, default)).Steps);
    }

    [Fact]
    public async Task A_shorter_retention_is_refused_unless_it_is_meant_and_a_longer_one_is_set()
    {
        var name = clickHouse.NewName();
        using var database = clickHouse.Database(name);
        await Schema(name, null).ApplyAsync(database, false, default);

        var refused = await Schema(name, 30).ApplyAsync(database, false, default);
        Assert.Contains(refused.Refusals, refusal => refusal.StartsWith("runs keeps rows for ever, and Collector:Storage:RetentionDays asks for 30 days", StringComparison.Ordinal));
        Assert.NotEmpty((await Schema(name, 30).PlanAsync(database, true, default)).Steps);

        await Schema(name, 30).ApplyAsync(database, true, default);
        Assert.Empty((await Schema(name, 30).PlanAsync(database, false, default)).Steps);
        await Schema(name, 60).ApplyAsync(database, false, default);
        Assert.Empty((await Schema(name, 60).PlanAsync(database, false, default)).Steps);
        await Schema(name, null).ApplyAsync(database, false, default);
        Assert.Empty((await Schema(name, null).PlanAsync(database, false, default)).Steps);
    }

    [Fact]
    public async Task Tables_of_a_newer_Collector_are_refused()
    {
        var name = clickHouse.NewName();
        using var database = clickHouse.Database(name);
        await Schema(name, null).ApplyAsync(database, false, default);
        await database.ExecuteAsync($"INSERT INTO {database.Table("schema_version")} (component, version) VALUES ('runs', 99)", default);

        var failure = await Assert.ThrowsAsync<Telemetry.Collector.Hosting.StartupException>(() => clickHouse.Tables(name).StartAsync(default));

        Assert.Contains("have version 99", failure.Message, StringComparison.Ordinal);
    }

    private static StoreSchema Schema(string name, int? retentionDays) => new(
        Options.Create(new ClickHouseOptions { Database = name }), Options.Create(new StorageOptions { RetentionDays = retentionDays }));
}
