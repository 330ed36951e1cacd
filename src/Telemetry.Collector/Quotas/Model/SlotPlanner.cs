namespace Telemetry.Collector.Quotas.Model;

/// <summary>Plans which slots of usage a policy needs. Pure.</summary>
internal static class SlotPlanner
{
    private static readonly QuotaPeriod Lifetime = new(QuotaPeriodKind.None);

    /// <summary>The plan of a policy at a moment.</summary>
    public static SlotPlan Create(QuotaPolicy policy, long now)
    {
        var period = policy.Limit?.Period ?? Lifetime;
        return period.Kind == QuotaPeriodKind.Rolling ? Rolling(policy, period, now) : Calendar(policy, period, now);
    }

    private static SlotPlan Calendar(QuotaPolicy policy, QuotaPeriod period, long now)
    {
        var (start, end) = QuotaClock.PeriodAt(period, now);
        var (first, grants) = History(policy.Grants, period, start, end);
        var periods = new List<long>();
        for (var at = first; at < end; at = QuotaClock.PeriodAt(period, at).End)
            periods.Add(at);
        var edges = grants.SelectMany(grant => new[] { grant.From, grant.Until }).Where(edge => edge > first && edge < end);
        long[] slots = [.. periods.Concat(edges).Distinct().Order()];
        return new SlotPlan
        {
            Policy = policy,
            Starts = end == QuotaClock.Never ? slots : [.. slots, end],
            Slots = slots.Length,
            IsSimple = slots.Length == 1 && grants.Count == 0,
            ValidFrom = start,
            ValidUntil = end,
            PeriodStart = start,
            PeriodEnd = end,
            Grants = grants,
            IsPeriodStart = [.. slots.Select(slot => periods.BinarySearch(slot) >= 0)],
            Thresholds = Thresholds(policy.Limit),
        };
    }

    // What a grant has left depends on the periods since it took effect, and on the grants that were there beside it: back to where no
    // grant reaches over a period's start, the past cannot matter.
    private static (long First, IReadOnlyList<PlannedGrant> Grants) History(
        IReadOnlyList<QuotaGrant> all, QuotaPeriod period, long start, long end)
    {
        if (all.Count == 0)
            return (start, []);
        var grants = all
            .Select(grant => new PlannedGrant(
                grant, QuotaClock.Edge(grant.EffectiveFrom), grant.ExpiresAt is { } expiry ? QuotaClock.Edge(expiry) : QuotaClock.Never))
            .Where(grant => grant.From < grant.Until && grant.From < end)
            .ToList();
        var first = start;
        while (true)
        {
            var earliest = grants.Where(grant => grant.Until > first).Select(grant => grant.From).Append(first).Min();
            if (earliest >= first)
                break;
            first = QuotaClock.PeriodAt(period, Math.Max(earliest, QuotaClock.Beginning)).Start;
            if (earliest <= QuotaClock.Beginning)
                break;
        }

        return (first,
        [
            .. grants.Where(grant => grant.Until > first)
                .OrderBy(grant => grant.Grant.Priority).ThenBy(grant => grant.Until).ThenBy(grant => grant.Grant.Id, StringComparer.Ordinal),
        ]);
    }

    private static SlotPlan Rolling(QuotaPolicy policy, QuotaPeriod period, long now)
    {
        var step = (long)period.Step.TotalMilliseconds;
        var length = (long)period.Length.TotalMilliseconds;
        var first = QuotaClock.RollingStart(period, now);
        // As many slots ahead, so that a user is read again once in such a length only.
        var count = (int)(2 * ((QuotaClock.Floor(now, step) - first) / step)) + 1;
        var starts = new long[count];
        for (var i = 0; i < count; i++)
            starts[i] = first + (i * step);
        return new SlotPlan
        {
            Policy = policy,
            Starts = starts,
            Slots = count,
            IsSimple = false,
            ValidFrom = first + length,
            // As long as the window begins in the last slot at the latest.
            ValidUntil = starts[^1] + step + length,
            PeriodStart = first,
            PeriodEnd = QuotaClock.Never,
            Thresholds = Thresholds(policy.Limit),
        };
    }

    private static QuotaAmount[] Thresholds(QuotaLimit? limit)
    {
        if (limit is null)
            return [];
        var (hundredth, rest) = Int128.DivRem(limit.Amount.Units, 100);
        // The least amount whose hundredfold is the limit times the percent, or more; of a limit of zero, the least that is more than nothing.
        return [.. limit.Thresholds.Select(percent =>
            new QuotaAmount(Int128.Max((hundredth * percent) + (((rest * percent) + 99) / 100), 1)))];
    }
}
