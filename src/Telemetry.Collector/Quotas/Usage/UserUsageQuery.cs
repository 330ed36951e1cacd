namespace Telemetry.Collector.Quotas.Usage;

/// <summary>What is asked of the store when a user comes into memory: all of it in one query.</summary>
/// <param name="User">The user.</param>
/// <param name="Below">Only records below these positions count.</param>
/// <param name="Resources">What is to be summed, by slots.</param>
/// <param name="Tasks">Active reservations whose consumption is to be summed.</param>
/// <param name="IdsSince">Ids of events with a time from here on are returned.</param>
/// <param name="TailIds">Ids whose presence below the positions is asked for, whatever their time.</param>
internal sealed record UserUsageQuery(
    string User,
    UsagePositions Below,
    IReadOnlyList<ResourceSlots> Resources,
    IReadOnlyList<TaskSpan> Tasks,
    DateTimeOffset IdsSince,
    IReadOnlyCollection<string> TailIds);
