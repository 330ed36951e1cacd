using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Commands;
using Telemetry.Collector.DirectTopics.Schema;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>Tables follow the catalog, and no row is lost on the way.</summary>
[Trait("Category", "Integration")]
public sealed class SchemaTests : IAsyncLifetime
{
    // The embedded broker lets a consumer that comes back in only when a session of 45 s could be over.
    private static readonly TimeSpan Rejoin = TimeSpan.FromSeconds(120);

    private DirectTopicsFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await DirectTopicsFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Applied_once_there_is_nothing_left_to_do()
    {
        var settings = _fixture.Settings();
        await _fixture.ApplyAsync(settings);

        var plan = await _fixture.Manager(settings).PlanAsync(DirectTopicsFixture.Schemas(settings), false, default);

        Assert.Empty(plan.Steps);
        Assert.Empty(plan.Refusals);
    }

    [Fact]
    public async Task A_field_that_comes_later_is_a_column_and_old_and_new_producers_write_side_by_side()
    {
        var settings = _fixture.Settings("wkf_cpu");
        var newer = DirectTopicsFixture.Schemas(settings);
        var charge = newer.Single();
        // The service of before: its catalog has no units.
        IReadOnlyList<TopicSchema> older = [charge with { Columns = [.. charge.Columns.Where(column => column.Name != "units")] }];
        newer = [charge with { Columns = [.. charge.Columns.Select(column => column.Name == "units" ? column with { RequiredBy = [] } : column)] }];
        await _fixture.ApplyAsync(settings, older);
        using var producer = new RawProducer(_fixture.Kafka.BootstrapServers);
        Produce(producer, 0, 500);
        await _fixture.UntilAsync(500, $"SELECT uniqExact(id) FROM {Table}");

        var plan = await _fixture.Manager(settings).PlanAsync(newer, false, default);
        Assert.Contains(plan.Steps, step => step.Sql.Contains("ADD COLUMN IF NOT EXISTS `units` Nullable(Float64)", StringComparison.Ordinal));
        // Records come while the views are exchanged.
        Produce(producer, 500, 500);
        await _fixture.ApplyAsync(settings, newer);
        Produce(producer, 1000, 500);

        await _fixture.UntilAsync(1500, $"SELECT uniqExact(id) FROM {Table}", Rejoin);
        Assert.Equal(1500, await _fixture.NumberAsync($"SELECT count() FROM {Table} FINAL"));
        // Newer producers wrote the field before the column was there: the record has it, and so has the row.
        Assert.Equal(750, await _fixture.NumberAsync($"SELECT countIf(units = 2) FROM {Table} FINAL"));
        Assert.Equal(750, await _fixture.NumberAsync($"SELECT countIf(units IS NULL) FROM {Table} FINAL"));
        Assert.Equal(750, await _fixture.NumberAsync($"SELECT countIf(units = 2) FROM {_fixture.Database.Table("wkf_cpu_events")}"));
        Assert.Equal(0, await _fixture.NumberAsync($"SELECT count() FROM {_fixture.Database.Table("dead_letter")}"));
    }

    [Fact]
    public async Task What_would_lose_data_is_refused_and_nothing_is_done()
    {
        var settings = _fixture.Settings("wkf_cpu");
        await _fixture.ApplyAsync(settings);
        await _fixture.Database.ExecuteAsync($"ALTER TABLE {Table} MODIFY COLUMN seconds Nullable(String)", default);
        settings.RetentionDays = 30;
        settings.PartitionBy = PartitionSpan.Day;

        var plan = await _fixture.ApplyAsync(settings);

        Assert.Collection(
            plan.Refusals,
            partition => Assert.Contains("is partitioned by toYYYYMM(kafka_time)", partition),
            column => Assert.Contains("wkf_cpu.seconds is Nullable(String), and the catalog makes it Nullable(Float64)", column),
            retention => Assert.Contains("keeps rows for ever", retention));
        Assert.Equal(0, await _fixture.NumberAsync(
            $"SELECT count() FROM system.tables WHERE database = '{_fixture.Database.Name}' AND engine_full LIKE '%TTL%'"));
    }

    [Fact]
    public async Task A_shorter_retention_is_set_where_it_is_meant()
    {
        var settings = _fixture.Settings("wkf_cpu");
        await _fixture.ApplyAsync(settings);
        settings.RetentionDays = 30;

        await _fixture.Manager(settings).ApplyAsync(DirectTopicsFixture.Schemas(settings), allowShorterRetention: true, default);

        Assert.Empty((await _fixture.Manager(settings).PlanAsync(DirectTopicsFixture.Schemas(settings), false, default)).Steps);
    }

    [Fact]
    public async Task Dropped_tables_keep_their_rows_and_go_on_where_they_were()
    {
        var settings = _fixture.Settings("wkf_cpu");
        await _fixture.ApplyAsync(settings);
        using var producer = new RawProducer(_fixture.Kafka.BootstrapServers);
        Produce(producer, 0, 100, withUnits: true);
        await _fixture.UntilAsync(100, $"SELECT uniqExact(id) FROM {Table}");

        await _fixture.Manager(settings).DropAsync(DirectTopicsFixture.Schemas(settings), deleteData: false, default);
        Produce(producer, 100, 100, withUnits: true);
        Assert.Equal(100, await _fixture.NumberAsync($"SELECT uniqExact(id) FROM {Table}"));
        await _fixture.ApplyAsync(settings);

        await _fixture.UntilAsync(200, $"SELECT uniqExact(id) FROM {Table}", Rejoin);

        await _fixture.Manager(settings).DropAsync(DirectTopicsFixture.Schemas(settings), deleteData: true, default);
        Assert.Equal(0, await _fixture.NumberAsync(
            $"SELECT count() FROM system.tables WHERE database = '{_fixture.Database.Name}' AND name LIKE 'wkf_cpu%'"));
        Assert.Equal(0, await _fixture.NumberAsync($"SELECT count() FROM {_fixture.Database.Table("dead_letter")}"));
    }

    [Fact]
    public async Task The_command_plans_applies_drops_and_refuses()
    {
        string[] connection =
        [
            "--CLICKHOUSE_URL", _fixture.Server.Url, "--Collector:ClickHouse:Database", _fixture.Database.Name,
            "--Collector:DirectTopics:Kafka", _fixture.Kafka.BootstrapServers, "--Collector:DirectTopics:Topics:0", "wkf_cpu",
            "--Collector:DirectTopics:NamedCollection", _fixture.Settings().NamedCollection,
        ];
        var tables = $"SELECT count() FROM system.tables WHERE database = '{_fixture.Database.Name}' AND name LIKE 'wkf_cpu%'";

        Assert.Equal(0, await SchemaCommand.RunAsync(["plan", .. connection]));
        Assert.Equal(0, await _fixture.NumberAsync(tables));
        Assert.Equal(0, await SchemaCommand.RunAsync(["apply", .. connection]));
        Assert.Equal(5, await _fixture.NumberAsync(tables));
        Assert.Equal(2, await SchemaCommand.RunAsync(["apply", .. connection, "--Collector:DirectTopics:RetentionDays", "30"]));
        Assert.Equal(0, await SchemaCommand.RunAsync(["apply", "--allow-shorter-retention", .. connection, "--Collector:DirectTopics:RetentionDays", "30"]));
        Assert.Equal(0, await SchemaCommand.RunAsync(["drop", .. connection]));
        Assert.Equal(1, await _fixture.NumberAsync(tables));
        Assert.Equal(1, await SchemaCommand.RunAsync(["plan", .. connection, "--Collector:ClickHouse:Url", "http://127.0.0.1:9"]));
    }

    [Fact]
    public async Task One_users_rows_lie_together_also_in_a_table_of_before()
    {
        var settings = _fixture.Settings("wkf_cpu");
        await _fixture.ApplyAsync(settings);
        await _fixture.Database.ExecuteAsync($"ALTER TABLE {Table} DROP PROJECTION {UserProjection.Name}", default);
        using var producer = new RawProducer(_fixture.Kafka.BootstrapServers);
        Produce(producer, 0, 100, withUnits: true);
        await _fixture.UntilAsync(100, $"SELECT uniqExact(id) FROM {Table}");

        await _fixture.ApplyAsync(settings);

        await _fixture.UntilAsync(0, $"SELECT count() FROM system.mutations WHERE database = '{_fixture.Database.Name}' AND NOT is_done");
        // What Kafka delivers again is merged away here as well.
        await _fixture.Database.ExecuteAsync($"INSERT INTO {Table} SELECT * FROM {Table}", default);
        await _fixture.Database.ExecuteAsync($"OPTIMIZE TABLE {Table} FINAL", default);
        // ClickHouse refuses the query where it would have to read the table itself.
        Assert.Equal(100, await _fixture.NumberAsync(
            $"SELECT toInt64(sum(credits) * 10) FROM {Table} WHERE user_id = 'user-1' AND kafka_offset < 100 SETTINGS force_optimize_projection = 1"));
        Assert.Empty((await _fixture.Manager(settings).PlanAsync(DirectTopicsFixture.Schemas(settings), false, default)).Steps);
    }

    [Fact]
    public async Task No_secret_stands_in_a_table_nor_in_a_plan()
    {
        var settings = _fixture.Settings("wkf_cpu");
        settings.Kafka = "kafka://user:hidden-secret@127.0.0.1:9?ssl.ca.location=/ca.pem";

        var plan = await _fixture.ApplyAsync(settings);

        Assert.All(plan.Steps, step => Assert.DoesNotContain("hidden-secret", step.ShownSql));
        Assert.Contains(plan.Notes, note => note.Contains("ssl.ca.location", StringComparison.Ordinal));
        var definitions = await _fixture.Database.QueryAsync(
            $"SELECT concat(create_table_query, engine_full) FROM system.tables WHERE database = '{_fixture.Database.Name}'", row => row.GetString(0), default);
        Assert.All(definitions, definition => Assert.DoesNotContain("hidden-secret", definition));
        Assert.Contains(definitions, definition => definition.Contains(Sql.Identifier(settings.NamedCollection).Trim('`'), StringComparison.Ordinal));
    }

    private string Table => _fixture.Database.Table("wkf_cpu");

    // Every second one comes from an old producer, which writes no units.
    private static void Produce(RawProducer producer, int first, int count, bool withUnits = false)
    {
        for (var i = first; i < first + count; i++)
        {
            var charge = Charge.Good(i);
            if (i % 2 == 0 && !withUnits)
                charge["data"]!.AsObject().Remove("units");
            producer.Produce("wkf_cpu", charge.ToJsonString());
        }

        producer.Flush();
    }
}
