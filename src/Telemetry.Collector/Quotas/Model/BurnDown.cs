namespace Telemetry.Collector.Quotas.Model;

/// <summary>
/// What a period's allowance and grants have left after usage. Pure. The segments between the starts of periods and the edges of grants
/// are walked in the order of time; the usage of a segment is taken from what is effective in it, in the order of priority, then of
/// expiry, then of id. What nothing covers is overage, and is not carried on.
/// </summary>
/// <remarks>
/// Negative usage gives back: first what was overage of its period, then to what is effective, in the reverse order and no more than was
/// taken; what is left then is more allowance for its period.
/// </remarks>
internal static class BurnDown
{
    /// <summary>Evaluates a plan.</summary>
    /// <param name="plan">The policy's plan.</param>
    /// <param name="usage">The usage of each of the plan's slots.</param>
    /// <param name="now">The moment, Unix milliseconds; the plan must serve it.</param>
    /// <param name="remaining">Takes what is left of each of the plan's grants.</param>
    public static BurnDownResult Evaluate(SlotPlan plan, ReadOnlySpan<QuotaAmount> usage, long now, Span<QuotaAmount> remaining)
    {
        if (plan.IsRolling)
            return Rolling(plan, usage, now);
        for (var i = 0; i < plan.Grants.Count; i++)
            remaining[i] = plan.Grants[i].Grant.Amount;
        var state = new Walk(plan, remaining);
        for (var slot = 0; slot < plan.Slots; slot++)
        {
            if (plan.IsPeriodStart[slot])
                state.BeginPeriod();
            state.Use(usage[slot], plan.Starts[slot]);
        }

        return state.Result(now);
    }

    private static BurnDownResult Rolling(SlotPlan plan, ReadOnlySpan<QuotaAmount> usage, long now)
    {
        var start = QuotaClock.RollingStart(plan.Policy.Limit!.Period, now);
        var used = QuotaAmount.Zero;
        for (var slot = plan.Slots - 1; slot >= 0 && plan.Starts[slot] >= start; slot--)
            used += usage[slot];
        var left = plan.Allowance - used;
        return new BurnDownResult(
            used, QuotaAmount.Max(left, QuotaAmount.Zero), QuotaAmount.Zero, plan.Allowance, QuotaAmount.Max(QuotaAmount.Zero - left, QuotaAmount.Zero));
    }

    private ref struct Walk(SlotPlan plan, Span<QuotaAmount> remaining)
    {
        private readonly Span<QuotaAmount> _remaining = remaining;
        private QuotaAmount _allowance;
        private QuotaAmount _overage;
        private QuotaAmount _used;

        public void BeginPeriod() => (_allowance, _overage, _used) = (plan.Allowance, QuotaAmount.Zero, QuotaAmount.Zero);

        public void Use(QuotaAmount usage, long time)
        {
            _used += usage;
            if (usage > QuotaAmount.Zero)
                Take(usage, time);
            else if (usage < QuotaAmount.Zero)
                GiveBack(QuotaAmount.Zero - usage, time);
        }

        public readonly BurnDownResult Result(long now)
        {
            var (left, limit) = (QuotaAmount.Zero, plan.Allowance);
            for (var i = 0; i < plan.Grants.Count; i++)
            {
                if (!plan.Grants[i].IsEffective(now))
                    continue;
                left += _remaining[i];
                limit += plan.Grants[i].Grant.Amount;
            }

            return new BurnDownResult(_used, _allowance, left, limit, _overage);
        }

        private void Take(QuotaAmount usage, long time)
        {
            var i = 0;
            for (; i < plan.Grants.Count && plan.Grants[i].IsBeforeAllowance; i++)
                TakeFromGrant(i, ref usage, time);
            Move(ref usage, ref _allowance, QuotaAmount.Max(_allowance, QuotaAmount.Zero));
            for (; i < plan.Grants.Count; i++)
                TakeFromGrant(i, ref usage, time);
            _overage += usage;
        }

        private readonly void TakeFromGrant(int grant, ref QuotaAmount usage, long time)
        {
            if (plan.Grants[grant].IsEffective(time))
                Move(ref usage, ref _remaining[grant], _remaining[grant]);
        }

        private static void Move(ref QuotaAmount usage, ref QuotaAmount from, QuotaAmount most)
        {
            var taken = QuotaAmount.Min(usage, most);
            usage -= taken;
            from -= taken;
        }

        private void GiveBack(QuotaAmount amount, long time)
        {
            Move(ref amount, ref _overage, _overage);
            var i = plan.Grants.Count - 1;
            for (; i >= 0 && !plan.Grants[i].IsBeforeAllowance; i--)
                GiveBackToGrant(i, ref amount, time);
            Return(ref amount, ref _allowance, QuotaAmount.Max(plan.Allowance - _allowance, QuotaAmount.Zero));
            for (; i >= 0; i--)
                GiveBackToGrant(i, ref amount, time);
            _allowance += amount;
        }

        private readonly void GiveBackToGrant(int grant, ref QuotaAmount amount, long time)
        {
            if (plan.Grants[grant].IsEffective(time))
                Return(ref amount, ref _remaining[grant], plan.Grants[grant].Grant.Amount - _remaining[grant]);
        }

        private static void Return(ref QuotaAmount amount, ref QuotaAmount to, QuotaAmount most)
        {
            var given = QuotaAmount.Min(amount, most);
            amount -= given;
            to += given;
        }
    }
}
