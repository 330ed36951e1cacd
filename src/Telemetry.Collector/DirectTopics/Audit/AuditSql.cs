using Telemetry.Collector.DirectTopics.Schema;

namespace Telemetry.Collector.DirectTopics.Audit;

/// <summary>The audit query in the two dialects. What comes from outside is a parameter.</summary>
/// <param name="Table">Names a table.</param>
/// <param name="Parameter">Writes a parameter: its name, and its type in ClickHouse.</param>
/// <param name="Time">Makes a time of a parameter that holds milliseconds since 1970.</param>
/// <param name="OncePerId">What keeps one row of each id, ordered by time; the limit follows.</param>
internal sealed record AuditSql(Func<string, string> Table, Func<string, string, string> Parameter, Func<string, string> Time, Func<string, string> OncePerId)
{
    /// <summary>The query and its parameters; null where no topic is asked for that has audit events.</summary>
    public (string Sql, (string Name, object? Value)[] Parameters)? Of(AuditFilter filter, IReadOnlyList<TopicSchema> schemas)
    {
        var asked = schemas.Where(schema => schema.IsAudit && (filter.Topic is null || filter.Topic == schema.Topic)).ToList();
        // An actor or an action that a topic's events do not name matches none of them.
        asked.RemoveAll(schema => (filter.Actor is not null && !schema.Has("actor_id")) || (filter.Action is not null && !schema.Has("action")));
        if (asked.Count == 0)
            return null;

        var parameters = new List<(string, object?)>();
        string Text(string name, string value)
        {
            parameters.Add((name, value));
            return Parameter(name, "String");
        }

        string Moment(string name, long milliseconds)
        {
            parameters.Add((name, milliseconds));
            return Time(Parameter(name, "Int64"));
        }

        var conditions = new List<string>();
        if (filter.From is { } from)
            conditions.Add($"time >= {Moment("from", from.ToUnixTimeMilliseconds())}");
        if (filter.To is { } to)
            conditions.Add($"time < {Moment("to", to.ToUnixTimeMilliseconds())}");
        if (filter.Actor is { } actor)
            conditions.Add($"actor_id = {Text("actor", actor)}");
        if (filter.Action is { } action)
            conditions.Add($"action = {Text("action", action)}");
        if (filter.Resource is { } resource)
            conditions.Add($"subject = {Text("resource", resource)}");
        if (filter.Decision is { } decision)
            conditions.Add($"type LIKE {Text("decision", $"%.{decision}")}");
        if (filter.After is { } after)
            conditions.Add($"(time, id) < ({Moment("after", after.Milliseconds)}, {Text("after_id", after.Id)})");
        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        var all = string.Join("\nUNION ALL\n", asked.Select(schema =>
            $"""
            SELECT time, id, kafka_topic AS topic, type, source, {Column(schema, "actor_id")} AS actor, {Column(schema, "action")} AS action,
              subject AS resource, {Column(schema, "reason")} AS reason
            FROM {Table(schema.Topic)}{where}
            """));
        return (
            $"""
            SELECT time, id, topic, type, source, actor, action, resource,
              CASE WHEN type LIKE '%.allow' THEN 'allow' WHEN type LIKE '%.deny' THEN 'deny' ELSE NULL END AS decision, reason
            FROM ({all})
            {OncePerId($"LIMIT {filter.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)}")}
            """,
            [.. parameters]);
    }

    private static string Column(TopicSchema schema, string name) => schema.Has(name) ? name : "NULL";
}
