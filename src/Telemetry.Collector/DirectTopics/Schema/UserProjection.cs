using Telemetry.Collector.ClickHouse;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>
/// A second order of the rows, by user, with what is asked of one: which event, where it stood, and every number it carries. Without it
/// the rows of one user lie all over a table that is ordered by offset.
/// </summary>
/// <remarks>ClickHouse takes it by itself for a query without FINAL that names no other column.</remarks>
internal static class UserProjection
{
    public const string Name = "by_user";

    /// <summary>Redelivered rows vanish in merges; the projection follows. ClickHouse's default refuses a projection here.</summary>
    public const string Setting = "deduplicate_merge_projection_mode = 'rebuild'";

    private const string User = "user_id";

    private static readonly string[] Event = ["id", "type", "time", "kafka_topic", "kafka_partition", "kafka_offset"];

    /// <summary>The columns, the one it is ordered by first; none where the topic's events name no user.</summary>
    public static IReadOnlyList<string> Columns(TopicSchema schema) =>
        schema.Has(User) ? [User, .. Event, .. schema.Columns.Where(column => column.Type.IsNumber).Select(column => column.Name)] : [];

    /// <summary>As it stands in a table's definition.</summary>
    public static string Definition(TopicSchema schema) =>
        $"PROJECTION {Name} (SELECT {string.Join(", ", Columns(schema).Select(Sql.Identifier))} ORDER BY {User}, kafka_partition, kafka_offset)";

    /// <summary>The columns of a projection that is there, from ClickHouse's own writing of its query.</summary>
    public static IReadOnlyList<string> ColumnsOf(string query)
    {
        var end = query.IndexOf("ORDER BY", StringComparison.Ordinal);
        return query.StartsWith("SELECT", StringComparison.Ordinal) && end > 0
            ? query["SELECT".Length..end].Split(',', StringSplitOptions.TrimEntries).Select(column => column.Trim('`')).ToList()
            : [];
    }
}
