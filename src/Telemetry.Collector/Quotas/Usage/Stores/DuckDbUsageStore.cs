using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Stores;

namespace Telemetry.Collector.Quotas.Usage.Stores;

/// <summary>Usage in the landing tables of the embedded mode.</summary>
internal sealed class DuckDbUsageStore(DuckDbDirectTopics topics, DirectTopicSchemas schemas) : IUsageStore
{
    public async Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken)
    {
        var tasks = UsageTable.Tasks(query);
        var builder = new UserUsageBuilder(query, tasks);
        var tables = UsageTable.Of(query, schemas);
        var types = tables.SelectMany(
            (table, place) => table.Resources.SelectMany(resource => resource.Types.Select(type => (Table: place, Type: type, resource.Resource)))).ToList();
        var slots = query.Resources.SelectMany((slot, place) => slot.Starts.Select(start => (Resource: place, Start: start))).ToList();
        // As it is stored: the engine would end a text at U+0000.
        var tail = query.TailIds.Select(DuckDbDirectTables.Text).ToList();
        var parameters = new List<(string, object?)>
        {
            ("user", DuckDbDirectTables.Text(query.User)),
            ("ids_since", query.IdsSince.ToUnixTimeMilliseconds()),
            ("tail", tail),
            ("type_tables", types.ConvertAll(type => type.Table)),
            ("type_names", types.ConvertAll(type => type.Type)),
            ("type_resources", types.ConvertAll(type => type.Resource)),
            ("slot_resources", slots.ConvertAll(slot => slot.Resource)),
            ("slot_starts", slots.ConvertAll(slot => slot.Start)),
            ("task_names", tasks.Select(task => DuckDbDirectTables.Text(task.Task.Task)).ToList()),
            ("task_resources", tasks.Select(task => task.Resource).ToList()),
            ("task_since", tasks.Select(task => task.Task.Since).ToList()),
        };
        for (var place = 0; place < tables.Count; place++)
            parameters.Add(($"below_{place}", query.Below.Next.GetValueOrDefault(tables[place].Schema.Topic, []).ToList()));
        await topics.QueryAsync(Sql(tables), builder.Add, parameters, cancellationToken);
        return builder.Build();
    }

    private static string Sql(IReadOnlyList<UsageTable> tables) =>
        $"""
        WITH
          types AS (SELECT unnest($type_tables) AS topic, unnest($type_names) AS type, unnest($type_resources) AS resource),
          slots AS (SELECT unnest($slot_resources) AS resource, unnest($slot_starts) AS start),
          tasks AS (
            SELECT unnest($task_names) AS name, unnest($task_resources) AS resource, unnest($task_since) AS since,
              unnest(range(len($task_names))) AS place),
          events AS MATERIALIZED (
            SELECT * FROM ({string.Join("\nUNION ALL\n", tables.Select(Events))})
            WHERE (topic, type) IN (SELECT (topic, type) FROM types)
            QUALIFY row_number() OVER (PARTITION BY id ORDER BY part, place, topic) = 1),
          usage AS MATERIALIZED (SELECT * FROM events JOIN types USING (topic, type))
        SELECT {UserUsageBuilder.Slot}::INTEGER, usage.resource::INTEGER, slots.start::BIGINT, '', sum(amount)::VARCHAR
        FROM usage ASOF JOIN slots ON usage.resource = slots.resource AND usage.moment >= slots.start GROUP BY ALL
        UNION ALL
        SELECT {UserUsageBuilder.Task}::INTEGER, usage.resource::INTEGER, tasks.place::BIGINT, '', sum(amount)::VARCHAR
        FROM usage JOIN tasks ON usage.resource = tasks.resource AND usage.task = tasks.name AND usage.moment >= tasks.since GROUP BY ALL
        UNION ALL
        SELECT {UserUsageBuilder.RecentEvent}::INTEGER, 0, moment, id, '' FROM events WHERE moment >= $ids_since
        UNION ALL
        SELECT {UserUsageBuilder.StoredTail}::INTEGER, 0, 0, id, '' FROM events WHERE list_contains($tail, id)
        UNION ALL
        SELECT * FROM (
          SELECT {UserUsageBuilder.Tenant}::INTEGER, 0, 0, tenant, '' FROM events WHERE tenant != '' ORDER BY moment DESC, place DESC LIMIT 1)
        """;

    private static string Events(UsageTable table, int place) =>
        $"""
        SELECT id, {place} AS topic, type, {(table.Schema.Has("task_id") ? "coalesce(task_id, '')" : "''")} AS task, epoch_ms(time) AS moment,
          coalesce(credits, 0)::DECIMAL(38, 12) AS amount, tenantid AS tenant, kafka_partition AS part, kafka_offset AS place
        FROM {DuckDbDirectTables.Quote(table.Schema.Topic)}
        WHERE user_id = $user AND kafka_offset < coalesce(list_extract($below_{place}, kafka_partition + 1), 0)
        """;
}
