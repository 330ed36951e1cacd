using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A user's usage of one resource. Belongs to the shard's lock.</summary>
internal struct ResourceState(SlotPlan plan)
{
    private const int MaxOnStack = 32;

    // One slot is what nearly every user has.
    private readonly QuotaAmount[]? _slots = plan.Slots == 1 ? null : new QuotaAmount[plan.Slots];
    private QuotaAmount _only;

    public SlotPlan Plan { get; private set; } = plan;

    /// <summary>Bits of the plan's thresholds that were told.</summary>
    public ulong Told { get; set; }

    /// <summary>All of the usage that counts, of a plan that <see cref="SlotPlan.IsSimple"/>.</summary>
    public readonly QuotaAmount Sum => _only;

    /// <summary>Adds usage to the slot that starts there, or that the time lies in.</summary>
    public void Add(long time, QuotaAmount amount)
    {
        var slot = Plan.SlotOf(time);
        if (slot < 0)
            return;
        if (_slots is null)
            _only += amount;
        else
            _slots[slot] += amount;
    }

    /// <summary>Goes on with another policy, where it needs the same slots.</summary>
    public bool TryReplan(SlotPlan plan)
    {
        if (!plan.Starts.AsSpan().SequenceEqual(Plan.Starts) || plan.Slots != Plan.Slots)
            return false;
        Plan = plan;
        Told = 0;
        return true;
    }

    public readonly BurnDownResult Evaluate(long now) => Plan.IsSimple ? Simple() : Walk(now);

    /// <summary>The same, with what is left of each of the plan's grants.</summary>
    public readonly BurnDownResult Evaluate(long now, Span<QuotaAmount> remaining) =>
        BurnDown.Evaluate(Plan, _slots ?? (ReadOnlySpan<QuotaAmount>)new(in _only), now, remaining);

    /// <summary>When the first of a rolling window's usage leaves it; never where there is none.</summary>
    public readonly long NextOfRolling(long now)
    {
        var period = Plan.Policy.Limit!.Period;
        var start = QuotaClock.RollingStart(period, now);
        for (var slot = 0; slot < Plan.Slots; slot++)
        {
            if (Plan.Starts[slot] >= start && (_slots is null ? _only : _slots[slot]) > QuotaAmount.Zero)
                return Plan.Starts[slot] + (long)period.Step.TotalMilliseconds + (long)period.Length.TotalMilliseconds;
        }

        return QuotaClock.Never;
    }

    // By itself: room on the stack costs every caller of a method that takes some.
    private readonly BurnDownResult Walk(long now) =>
        Evaluate(now, Plan.Grants.Count <= MaxOnStack ? stackalloc QuotaAmount[MaxOnStack] : new QuotaAmount[Plan.Grants.Count]);

    private readonly BurnDownResult Simple()
    {
        var left = Plan.Allowance - _only;
        return left >= QuotaAmount.Zero
            ? new BurnDownResult(_only, left, QuotaAmount.Zero, Plan.Allowance, QuotaAmount.Zero)
            : new BurnDownResult(_only, QuotaAmount.Zero, QuotaAmount.Zero, Plan.Allowance, QuotaAmount.Zero - left);
    }
}
