using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Which thresholds usage has reached.</summary>
internal sealed partial class LedgerShard
{
    private void DetectThresholds(UserState user, int index, long now, ref ShardEffects effects)
    {
        ref var resource = ref user.Resources![index];
        var plan = resource.Plan;
        if (plan.Thresholds.Length == 0)
            return;
        var used = resource.Evaluate(now).Used;
        var reached = 0UL;
        for (var i = 0; i < plan.Thresholds.Length && i < 64 && used >= plan.Thresholds[i]; i++)
            reached |= 1UL << i;
        var news = reached & ~resource.Told;
        // Of a rolling window, usage goes away again; then it can be reached anew.
        resource.Told = plan.IsRolling ? reached : resource.Told | reached;
        for (var i = 0; news != 0; i++, news >>= 1)
        {
            if ((news & 1) != 0)
                (effects.Crossings ??= []).Add(Crossing(user, index, plan, i, used, now));
        }
    }

    private ThresholdCrossing Crossing(UserState user, int index, SlotPlan plan, int threshold, QuotaAmount used, long now)
    {
        var limit = plan.Policy.Limit!;
        var start = limit.Period.Kind switch
        {
            QuotaPeriodKind.None => (DateTimeOffset?)null,
            QuotaPeriodKind.Rolling => DateTimeOffset.FromUnixTimeMilliseconds(QuotaClock.RollingStart(limit.Period, now)),
            _ => DateTimeOffset.FromUnixTimeMilliseconds(plan.PeriodStart),
        };
        return new ThresholdCrossing(
            user.NameText, user.Tenant, context.Resources[index].Name, start, limit.Thresholds[threshold], used, limit.Amount);
    }
}
