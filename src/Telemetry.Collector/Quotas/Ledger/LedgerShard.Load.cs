using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>How a user comes into memory: begin, query outside of the lock, complete, and again if things have changed meanwhile.</summary>
internal sealed partial class LedgerShard
{
    /// <summary>The load in flight, or a new one, which the caller has to run; nothing during the back-off after a failure.</summary>
    public LoadOperation? Join(UserState user, long now, out bool isNew)
    {
        isNew = false;
        if (user.Load is not null)
            return user.Load;
        if (now < user.RetryAt)
            return null;
        isNew = true;
        user.Load = new LoadOperation(user, user.NameText) { Positions = _positions };
        _loads.Add(user.Load);
        return user.Load;
    }

    /// <summary>What is to be asked, or null and why that would be of no use.</summary>
    public UserUsageQuery? Prepare(LoadOperation load, long now, out string? why)
    {
        why = null;
        var user = load.User;
        if (HasLost(_positions))
        {
            why = "More events than are kept have come since the store was filled last; users who are not in memory wait until it has them.";
            return null;
        }

        _recent.Advance(now);
        (load.Positions, load.Epoch, load.BookVersion, load.Tenant) = (_positions, _epoch, context.Limits.Version, user.Tenant);
        load.IdsSince = _recent.Horizon;
        load.Plans = [.. context.Resources.Select(resource => PlanOf(context.Limits.Resolve(load.Name, load.Tenant, resource.Name), now))];
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(now);
        load.Tasks = [.. (user.Reservations?.Measured(moment) ?? []).Where(entry => entry.Resource < context.Resources.Count)];
        load.Asked.Clear();
        var ids = new List<string>();
        foreach (var place in _tail.Find(user.Key))
        {
            ref var entry = ref _tail.At(place);
            if (entry.Offset >= load.Positions.Of(place.Partition) && load.Asked.Add(entry.Key))
                ids.Add(entry.Id ?? TextKey.ToText(entry.Key));
        }

        return new UserUsageQuery(
            load.Name,
            load.Positions.Positions,
            [.. load.Plans.Select((plan, index) => new ResourceSlots(context.Resources[index], plan.Starts))],
            [.. load.Tasks.Select(entry => new TaskSpan(context.Resources[entry.Resource].Name, entry.TaskText, entry.CreatedAt))],
            DateTimeOffset.FromUnixTimeMilliseconds(load.IdsSince),
            ids);
    }

    /// <summary>Takes the answer.</summary>
    /// <returns>Whether the user is in memory; else it has to be asked again.</returns>
    public bool TryComplete(LoadOperation load, UserUsage usage, long now, ref ShardEffects effects)
    {
        var user = load.User;
        if (load.Epoch != _epoch || HasLost(load.Positions) || !TryFindCounted(load, usage, out var counted))
            return false;
        var resources = new ResourceState[load.Plans.Length];
        for (var i = 0; i < resources.Length; i++)
            resources[i] = new ResourceState(load.Plans[i]);
        foreach (var slot in usage.Slots)
            resources[IndexOf(slot.Resource)].Add(slot.Start, slot.Amount);
        foreach (var entry in load.Tasks)
            (entry.Consumed, entry.IsMeasured) = (QuotaAmount.Zero, true);
        foreach (var task in usage.Tasks)
            TaskOf(load, task).Consumed = task.Amount;

        user.Tenant ??= usage.Tenant;
        user.LatestStored = usage.RecentIds.Count > 0 ? usage.RecentIds.Max(recent => recent.Time) : load.IdsSince - 1;
        (user.Latest, user.RememberedUntil) = (user.LatestStored, long.MaxValue);
        _recent.Advance(now);
        foreach (var recent in usage.RecentIds)
            Remember(user, TextKey.Of(recent.Id), recent.Time);
        user.Resources = resources;
        CountTail(user, counted);
        (user.LoadedAt, user.Epoch, user.BookVersion, user.PolicyTenant) = (load.Positions, _epoch, load.BookVersion, load.Tenant);
        (user.RetryAt, user.Failure) = (long.MinValue, null);
        AddResident(user);
        for (var i = 0; i < resources.Length; i++)
            DetectThresholds(user, i, now, ref effects);
        Counters.RecentIds = _recent.Count;
        return true;
    }

    /// <summary>The load is over.</summary>
    public void End(LoadOperation load, string? failure, long retryAt)
    {
        var user = load.User;
        Counters.Loads++;
        if (failure is not null)
        {
            Counters.LoadFailures++;
            (user.Failure, user.RetryAt) = (failure, retryAt);
            AddResident(user);
        }

        _loads.Remove(load);
        Trim();
        user.Load = null;
        user.IsQueued = false;
    }

    // Of the tail: what the store does not have, each id once. Whether an old event that came during the query is stored, was not asked.
    private bool TryFindCounted(LoadOperation load, UserUsage usage, out List<TailPlace> counted)
    {
        counted = [];
        var seen = new HashSet<UInt128>(usage.StoredTailIds.Select(TextKey.Of));
        seen.UnionWith(usage.RecentIds.Select(recent => TextKey.Of(recent.Id)));
        foreach (var place in _tail.Find(load.User.Key))
        {
            ref var entry = ref _tail.At(place);
            entry.IsCounted = false;
            // What came before this load's last beginning is in the store, if the store moved on meanwhile.
            if (entry.Offset < load.Positions.Of(place.Partition))
                continue;
            if (entry.Time < load.IdsSince && !load.Asked.Contains(entry.Key))
                return false;
            if (seen.Add(entry.Key))
                counted.Add(place);
        }

        return true;
    }

    private void CountTail(UserState user, List<TailPlace> counted)
    {
        foreach (var place in counted)
        {
            ref var entry = ref _tail.At(place);
            entry.IsCounted = true;
            user.Latest = Math.Max(user.Latest, entry.Time);
            user.Resources![entry.Resource].Add(entry.Time, entry.Amount);
            user.Reservations?.Consume(entry.Resource, entry.Task, entry.Time, entry.Amount);
            Remember(user, entry.Key, entry.Time);
        }
    }

    private void Remember(UserState user, UInt128 key, long time)
    {
        if (time >= _recent.Ceiling)
            user.RememberedUntil = Math.Min(user.RememberedUntil, _recent.Ceiling);
        else if (time >= _recent.Horizon)
            _recent.Add(key, time);
    }

    private int IndexOf(string resource)
    {
        for (var i = 0; i < context.Resources.Count; i++)
        {
            if (context.Resources[i].Name == resource)
                return i;
        }

        throw new InvalidOperationException($"The store has answered for the resource {resource}, which was not asked for.");
    }

    private ReservationEntry TaskOf(LoadOperation load, TaskUsage task) =>
        load.Tasks.First(entry => entry.TaskText == task.Task && context.Resources[entry.Resource].Name == task.Resource);
}
