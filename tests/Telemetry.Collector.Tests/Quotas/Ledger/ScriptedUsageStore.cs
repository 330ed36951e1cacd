using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Computes what it is asked from the list of events, below the positions. It can fail, and it can wait.</summary>
internal sealed class ScriptedUsageStore(List<UsageEvent> events) : IUsageStore
{
    public bool Fails { get; set; }

    /// <summary>Answers wait until it completes; null for at once.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Queries { get; private set; }

    public async Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken)
    {
        Queries++;
        if (Gate is { } gate)
            await gate.Task;
        if (Fails)
            throw new ScriptedDbException("The store is down.");
        var stored = events
            .Where(item => item.User == query.User && item.Offset < query.Below.Of(item.Topic, item.Partition))
            .DistinctBy(item => item.Id).ToList();

        var slots = query.Resources.SelectMany(resource => stored
            .Where(item => item.Resource == resource.Resource.Name && item.Time >= resource.Starts[0])
            .GroupBy(item => resource.Starts.Last(start => start <= item.Time))
            .Select(slot => new SlotUsage(resource.Resource.Name, slot.Key, Sum(slot))));
        var tasks = query.Tasks.Select(task => (task, Events: stored.Where(item =>
                item.Resource == task.Resource && item.Task == task.Task && item.Time >= task.Since).ToList()))
            .Where(task => task.Events.Count > 0)
            .Select(task => new TaskUsage(task.task.Resource, task.task.Task, Sum(task.Events)));
        var since = query.IdsSince.ToUnixTimeMilliseconds();
        var asked = query.TailIds.ToHashSet();
        return new UserUsage(
            [.. slots.Where(slot => slot.Amount != QuotaAmount.Zero)],
            [.. tasks],
            [.. stored.Where(item => item.Time >= since).Select(item => new RecentId(item.Id, item.Time))],
            [.. stored.Where(item => asked.Contains(item.Id)).Select(item => item.Id)],
            stored.Where(item => item.Tenant is not null).MaxBy(item => item.Time)?.Tenant);
    }

    private static QuotaAmount Sum(IEnumerable<UsageEvent> items) => items.Aggregate(QuotaAmount.Zero, (sum, item) => sum + item.Amount);
}
