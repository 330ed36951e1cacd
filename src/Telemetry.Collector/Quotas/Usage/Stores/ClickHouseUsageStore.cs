using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics;

namespace Telemetry.Collector.Quotas.Usage.Stores;

/// <summary>Usage in the landing tables that ClickHouse fills itself.</summary>
internal sealed class ClickHouseUsageStore(ClickHouseDatabase database, DirectTopicSchemas schemas) : IUsageStore
{
    // The kind of what an event does not count for.
    private const int None = 255;

    public async Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken)
    {
        var tasks = UsageTable.Tasks(query);
        var builder = new UserUsageBuilder(query, tasks);
        var parameters = new ClickHouseParameters();
        var sql = Sql(query, UsageTable.Of(query, schemas), tasks, parameters);
        await database.QueryLongAsync(sql, builder.Add, cancellationToken, parameters.All);
        return builder.Build();
    }

    // Every event once, then what each one counts for; a sum for each of that.
    private string Sql(
        UserUsageQuery query, IReadOnlyList<UsageTable> tables, IReadOnlyList<(TaskSpan Task, int Resource)> tasks, ClickHouseParameters parameters)
    {
        var entries = new List<string>
        {
            Entry($"at >= {parameters.Of(query.IdsSince.ToUnixTimeMilliseconds())}", UserUsageBuilder.RecentEvent, "0", "at", "id"),
            Entry("tenant != ''", UserUsageBuilder.Tenant, "0", "0", "''"),
        };
        if (query.TailIds.Count > 0)
        {
            var isTail = string.Join(" OR ", parameters.Chunks([.. query.TailIds]).Select(chunk => $"id IN {chunk}"));
            entries.Add(Entry(isTail, UserUsageBuilder.StoredTail, "0", "0", "id"));
        }

        for (var resource = 0; resource < query.Resources.Count; resource++)
        {
            var starts = query.Resources[resource].Starts;
            if (starts.Count > 0)
            {
                entries.Add(Entry(
                    $"has(resources, {resource}) AND at >= {parameters.Of(starts[0])}",
                    UserUsageBuilder.Slot, $"{resource}", $"roundDown(at, {parameters.Of(starts)})", "''"));
            }
        }

        // The parameters are constants to the engine; a task of the query is found by its place.
        var spans = $"{parameters.Of([.. tasks.Select(task => task.Task.Task)])}, {parameters.Of([.. tasks.Select(task => (long)task.Resource)])}, " +
            parameters.Of([.. tasks.Select(task => task.Task.Since)]);
        var ofTasks = $"arrayMap((name, resource, since, number) -> {Entry("name = task AND at >= since AND has(resources, resource)", UserUsageBuilder.Task, "resource", "number - 1", "''")}, " +
            $"{spans}, arrayEnumerate({parameters.Of([.. tasks.Select(task => task.Task.Since)])}))";
        return
            $"""
            SELECT toInt32(entry.1), toInt32(entry.2), entry.3, if(entry.1 = {UserUsageBuilder.Tenant}, argMax(tenant, (at, place)), entry.4), toString(sum(amount))
            FROM (
              SELECT id, argMin((row_resources, row_task, row_at, row_amount, row_tenant, kafka_offset), (kafka_partition, kafka_offset, row_topic)) AS event,
                event.1 AS resources, event.2 AS task, event.3 AS at, event.4 AS amount, event.5 AS tenant, event.6 AS place
              FROM ({string.Join("\nUNION ALL\n", tables.Select((table, place) => Events(table, place, query, parameters)))})
              GROUP BY id
            )
            ARRAY JOIN arrayFilter(one -> one.1 != {None}, arrayConcat([{string.Join(", ", entries)}], {ofTasks})) AS entry
            GROUP BY entry
            """;
    }

    private string Events(UsageTable table, int place, UserUsageQuery query, ClickHouseParameters parameters)
    {
        var from = database.Table(table.Schema.Topic);
        if (database.Cluster is { } cluster)
            from = $"cluster({ClickHouse.Sql.Literal(cluster)}, {from})";
        var resources = table.Resources.Select(resource => $"if(type IN {parameters.Of(resource.Types)}, [toInt64({resource.Resource})], emptyArrayInt64())");
        return
            $"""
            SELECT id, arrayConcat({string.Join(", ", resources)}) AS row_resources, {(table.Schema.Has("task_id") ? "ifNull(task_id, '')" : "''")} AS row_task,
              toUnixTimestamp64Milli(time) AS row_at, toDecimal128(ifNull(credits, 0), 12) AS row_amount, toString(tenantid) AS row_tenant,
              kafka_partition, kafka_offset, {place} AS row_topic
            FROM {from}
            WHERE user_id = {parameters.Of(query.User)} AND type IN {parameters.Of(table.Types)}
              AND kafka_offset < arrayElement({parameters.Of(query.Below.Next.GetValueOrDefault(table.Schema.Topic, []))}, kafka_partition + 1)
            """;
    }

    private static string Entry(string condition, int kind, string resource, string number, string text) =>
        $"(if({condition}, {kind}, {None}), toInt64({resource}), toInt64({number}), {text})";
}
