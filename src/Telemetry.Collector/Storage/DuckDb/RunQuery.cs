using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>A <see cref="RunFilter"/> in SQL.</summary>
internal static class RunQuery
{
    public const string Condition =
        """
        ($user IS NULL OR user_id = $user)
          AND ($task IS NULL OR task_id = $task)
          AND ($state IS NULL OR state = $state)
          AND ($kind IS NULL OR kind = $kind)
          AND ($node IS NULL OR node = $node)
          AND ($model IS NULL OR model = $model)
          AND ($from IS NULL OR coalesce(started_at, finished_at) >= $from)
          AND ($to IS NULL OR coalesce(started_at, finished_at) < $to)
        """;

    public static (string Name, object? Value)[] Parameters(RunFilter filter) =>
    [
        ("user", filter.UserId),
        ("task", filter.TaskId),
        ("state", filter.State is { } state ? RunStateNames.Of(state) : null),
        ("kind", filter.Kind is { } kind ? RunKindNames.Of(kind) : null),
        ("node", filter.Node),
        ("model", filter.Model),
        ("from", filter.From?.UtcDateTime),
        ("to", filter.To?.UtcDateTime),
    ];
}
