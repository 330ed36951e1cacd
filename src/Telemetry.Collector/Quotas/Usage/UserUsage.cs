namespace Telemetry.Collector.Quotas.Usage;

/// <summary>A user's usage in the store, each event counted once.</summary>
/// <param name="Slots">Sums that are not zero.</param>
/// <param name="Tasks">Sums of the tasks that were asked for; none for a task without usage.</param>
/// <param name="RecentIds">Ids of the events since the time that was asked for, of all resources.</param>
/// <param name="StoredTailIds">Those of the ids that were asked for which are stored.</param>
/// <param name="Tenant">The tenant of the user's latest event (by time) that names one; null for none.</param>
internal sealed record UserUsage(
    IReadOnlyList<SlotUsage> Slots,
    IReadOnlyList<TaskUsage> Tasks,
    IReadOnlyList<RecentId> RecentIds,
    IReadOnlyList<string> StoredTailIds,
    string? Tenant);
