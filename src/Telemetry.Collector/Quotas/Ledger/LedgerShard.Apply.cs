using System.Runtime.CompilerServices;
using System.Text;
using Telemetry.Collector.Quotas.Reading;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Usage as it comes.</summary>
internal sealed partial class LedgerShard
{
    /// <summary>Applies an event.</summary>
    public UsageOutcome Apply(in UsageRecord usage, in UsageKeys keys, int partition, long offset, long now, ref ShardEffects effects)
    {
        _recent.WillAdd(keys.Id);
        ref var entry = ref Unsafe.NullRef<TailEntry>();
        if (offset >= _positions.Of(partition) || IsAwaited(partition, offset))
        {
            entry = ref Append(partition, keys.User);
            entry.Id = keys.IsUuid ? null : Encoding.UTF8.GetString(usage.Id);
            entry.Key = keys.Id;
            entry.Task = keys.Task;
            entry.Amount = usage.Amount;
            entry.Offset = offset;
            entry.Time = usage.Time;
            entry.Resource = usage.Resource;
            entry.IsCounted = false;
        }

        _recent.Advance(now);
        var user = _users.Find(keys.User, usage.User);
        if (user is null && context.LoadsInBackground && !Unsafe.IsNullRef(ref entry))
            user = _users.Add(keys.User, usage.User);
        if (user is null)
            return UsageOutcome.Kept;
        NameOf(user, usage.Tenant, usage.Time);
        if (!Refresh(user, now, ref effects))
        {
            Want(user, now, ref effects);
            return UsageOutcome.Kept;
        }

        var outcome = Judge(user, usage, keys, partition, offset);
        if (outcome == UsageOutcome.Late && user.Resources is null)
            Want(user, now, ref effects);
        if (outcome != UsageOutcome.Counted)
            return outcome;
        user.Resources![usage.Resource].Add(usage.Time, usage.Amount);
        user.Reservations?.Consume(usage.Resource, keys.Task, usage.Time, usage.Amount);
        user.Latest = Math.Max(user.Latest, usage.Time);
        if (Unsafe.IsNullRef(ref entry))
            user.LatestStored = Math.Max(user.LatestStored, usage.Time);
        else
            entry.IsCounted = true;
        DetectThresholds(user, usage.Resource, now, ref effects);
        return outcome;
    }

    private ref TailEntry Append(int partition, UInt128 key)
    {
        if (context.TailEvents >= context.Options.MaxTailEvents)
            MakeRoom();
        ref var entry = ref _tail.Add(partition, key);
        context.AddTailEvents(1);
        Counters.TailEvents = _tail.Count;
        return ref entry;
    }

    private void Want(UserState user, long now, ref ShardEffects effects)
    {
        if (!context.LoadsInBackground || user.IsQueued || user.Load is not null || now < user.RetryAt)
            return;
        user.IsQueued = true;
        effects.Wanted = user;
    }

    // Whether it counts. A user of whom that cannot be said leaves memory.
    private UsageOutcome Judge(UserState user, in UsageRecord usage, in UsageKeys keys, int partition, long offset)
    {
        if (offset < user.LoadedAt.Of(partition))
            return UsageOutcome.Duplicate;
        if (usage.Time < _recent.Horizon && !Matters(user, usage, keys.Task))
            return UsageOutcome.Late;
        if (usage.Time < _recent.Horizon || usage.Time >= Math.Min(_recent.Ceiling, user.RememberedUntil))
        {
            Unload(user);
            return UsageOutcome.Late;
        }

        if (!_recent.Add(keys.Id, usage.Time))
            return UsageOutcome.Duplicate;
        Counters.RecentIds = _recent.Count;
        return UsageOutcome.Counted;
    }

    // Usage of long ago, which nothing in memory is made of, need not be known.
    private static bool Matters(UserState user, in UsageRecord usage, UInt128 task) =>
        user.Resources![usage.Resource].Plan.SlotOf(usage.Time) >= 0 ||
        (task != UInt128.Zero && user.Reservations?.FindTask(usage.Resource, task) is { } entry && usage.Time >= entry.CreatedAt);

    private void NameOf(UserState user, ReadOnlySpan<byte> tenant, long time)
    {
        if (tenant.IsEmpty || time < user.TenantTime)
            return;
        user.TenantTime = time;
        if (user.Tenant is null || !Ascii.Equals(tenant, user.Tenant))
            user.Tenant = context.Share(Encoding.UTF8.GetString(tenant));
    }
}
