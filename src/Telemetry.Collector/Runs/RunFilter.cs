namespace Telemetry.Collector.Runs;

/// <summary>What to list. A null member does not restrict; all others must hold at once.</summary>
public sealed record RunFilter
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public string? UserId { get; init; }

    public string? TaskId { get; init; }

    public RunState? State { get; init; }

    public RunKind? Kind { get; init; }

    public string? Node { get; init; }

    public string? Model { get; init; }

    /// <summary>Runs whose start (or finish, where there is no start) is at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Runs whose start (or finish, where there is no start) is before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>; newest first.</summary>
    public int Limit { get; init; } = DefaultLimit;
}
