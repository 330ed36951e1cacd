using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>The state of some of the users. All members are called under <see cref="Lock"/>.</summary>
internal sealed partial class LedgerShard(LedgerContext context, int recentIds)
{
    private readonly UserTable _users = new();
    private readonly Tail _tail = new();
    private readonly RecentIds _recent = new((long)context.Options.DedupeWindow.TotalMilliseconds, recentIds);
    private readonly Dictionary<QuotaPolicy, SlotPlan> _plans = new(ReferenceEqualityComparer.Instance);
    private readonly List<UserState> _residents = [];
    private readonly List<LoadOperation> _loads = [];
    private readonly ReservationIds _ids = new();
    private PositionSnapshot _positions = PositionSnapshot.None;
    private int _epoch;
    private int _hand;

    public Lock Lock { get; } = new();

    public ShardCounters Counters { get; } = new();

    /// <summary>The user's state, made where there is none.</summary>
    public UserState Enter(UInt128 key, ReadOnlySpan<byte> name) => _users.Find(key, name) ?? _users.Add(key, name);

    public UserState? Find(UInt128 key, ReadOnlySpan<byte> name) => _users.Find(key, name);

    /// <summary>Whether the user is in memory with what the policies of now need. Else the user has to be loaded.</summary>
    public bool Refresh(UserState user, long now, ref ShardEffects effects)
    {
        if (user.Resources is not { } resources)
            return false;
        var isCurrent = user.Epoch == _epoch;
        if (isCurrent && (user.BookVersion != context.Limits.Version || user.PolicyTenant != user.Tenant))
            isCurrent = TryReplan(user, resources, now, ref effects);
        for (var i = 0; isCurrent && i < resources.Length; i++)
            isCurrent = resources[i].Plan.Serves(now);
        if (!isCurrent)
            Unload(user);
        return isCurrent;
    }

    // Whether the user is in memory, with what answers for this resource as Refresh would leave it. It changes nothing.
    private bool IsCurrent(UserState user, string? tenant, int index, long now)
    {
        if (user.Resources is not { } resources || user.Epoch != _epoch || user.BookVersion != context.Limits.Version)
            return false;
        if ((tenant is not null && tenant != user.Tenant) || !ReferenceEquals(user.PolicyTenant, user.Tenant))
            return false;
        return resources[index].Plan.Serves(now);
    }

    /// <summary>Names the user's tenant.</summary>
    public static void Name(UserState user, string? tenant, long now)
    {
        if (tenant is null)
            return;
        user.TenantTime = now;
        if (user.Tenant != tenant)
            user.Tenant = tenant;
    }

    public void Invalidate() => _epoch++;

    // What is known is not enough any more: the next request, or event, brings the user in again.
    private static void Unload(UserState user) => user.Resources = null;

    private bool TryReplan(UserState user, ResourceState[] resources, long now, ref ShardEffects effects)
    {
        var version = context.Limits.Version;
        var name = user.NameText;
        for (var i = 0; i < resources.Length; i++)
        {
            var policy = context.Limits.Resolve(name, user.Tenant, context.Resources[i].Name);
            if (policy != resources[i].Plan.Policy && !resources[i].TryReplan(PlanOf(policy, now)))
                return false;
        }

        (user.BookVersion, user.PolicyTenant) = (version, user.Tenant);
        for (var i = 0; i < resources.Length; i++)
            DetectThresholds(user, i, now, ref effects);
        return true;
    }

    // Users of one plan have one policy, and share what follows from it.
    private SlotPlan PlanOf(QuotaPolicy policy, long now)
    {
        const int most = 1024;
        if (_plans.TryGetValue(policy, out var plan) && plan.Serves(now))
            return plan;
        if (_plans.Count >= most)
            _plans.Clear();
        return _plans[policy] = SlotPlanner.Create(policy, now);
    }

    private void Collect(UserState user)
    {
        if (!user.IsForgettable)
            return;
        user.IsForgotten = true;
        _users.Remove(user);
    }
}
