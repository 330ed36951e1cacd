using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Answers for users in memory.</summary>
internal sealed partial class LedgerShard
{
    /// <summary>May the amount be spent?</summary>
    public QuotaDecision Decide(UserState user, int index, long now, QuotaAmount amount)
    {
        Decide(user, index, now, amount, out var decision);
        return decision;
    }

    /// <summary>The same, counted, of a user in memory.</summary>
    /// <returns>False where the user is not.</returns>
    public bool TryCheck(UInt128 key, ReadOnlySpan<byte> name, string? tenant, int index, long now, in QuotaAmount amount, out QuotaDecision decision)
    {
        if (_users.Find(key, name) is not { } user || !IsCurrent(user, tenant, index, now))
        {
            decision = default;
            return false;
        }

        Decide(user, index, now, amount, out decision);
        Count(decision);
        return true;
    }

    /// <summary>The same, counted.</summary>
    public QuotaDecision Check(UserState user, int index, long now, QuotaAmount amount)
    {
        Decide(user, index, now, amount, out var decision);
        Count(decision);
        return decision;
    }

    private void Decide(UserState user, int index, long now, in QuotaAmount amount, out QuotaDecision decision)
    {
        user.IsReferenced = true;
        ref var resource = ref user.Resources![index];
        var plan = resource.Plan;
        QuotaAmount used, remaining, held;
        QuotaAmount? limit;
        if (plan.IsSimple && user.Reservations is null)
        {
            // What nearly every decision is: one sum, and nothing held. Copying what Evaluate returns costs an eighth of it and more.
            (used, remaining, limit, held) = (resource.Sum, plan.Allowance - resource.Sum, plan.Allowance, QuotaAmount.Zero);
        }
        else
        {
            var left = resource.Evaluate(now);
            (used, remaining, limit) = (left.Used, left.Remaining, left.Limit);
            held = user.Reservations?.Held(index, DateTimeOffset.FromUnixTimeMilliseconds(now)) ?? QuotaAmount.Zero;
        }

        if (!plan.HasLimit && context.Options.WithoutLimit == WithoutLimit.Allow)
        {
            decision = new QuotaDecision(true, false, new(Int128.MaxValue), null, used, held);
            return;
        }

        var available = QuotaAmount.Max(remaining - held, QuotaAmount.Zero);
        var fits = amount <= available;
        decision = new QuotaDecision(fits || !plan.IsHard, !fits && !plan.IsHard, available, limit, used, held);
    }

    private void Count(in QuotaDecision decision)
    {
        if (!decision.IsGranted)
            Counters.Denied++;
        else if (decision.IsOverLimit)
            Counters.OverLimit++;
        else
            Counters.Granted++;
    }

    public QuotaBalance Balance(UserState user, string name, int index, long now)
    {
        ref var resource = ref user.Resources![index];
        var plan = resource.Plan;
        var remaining = new QuotaAmount[plan.Grants.Count];
        var left = resource.Evaluate(now, remaining);
        var kind = plan.Policy.Limit?.Period.Kind ?? QuotaPeriodKind.None;
        DateTimeOffset? start = kind switch
        {
            QuotaPeriodKind.None => null,
            QuotaPeriodKind.Rolling => Moment(QuotaClock.RollingStart(plan.Policy.Limit!.Period, now)),
            _ => Moment(plan.PeriodStart),
        };
        return new QuotaBalance(
            name,
            context.Resources[index].Name,
            plan.Policy,
            start,
            kind is QuotaPeriodKind.None or QuotaPeriodKind.Rolling ? null : Moment(plan.PeriodEnd),
            Decide(user, index, now, QuotaAmount.Zero),
            left.Overage,
            [.. plan.Grants.Select((grant, i) => (Grant: grant, Left: remaining[i]))
                .Where(grant => grant.Grant.IsEffective(now)).Select(grant => new GrantBalance(grant.Grant.Grant, grant.Left))],
            HeldBy(user, index, now));
    }

    /// <summary>Who holds some of the resource.</summary>
    public static IReadOnlyList<HeldAmount> HeldBy(UserState user, int index, long now)
    {
        var moment = Moment(now);
        return
        [
            .. (user.Reservations?.Open ?? [])
                .Where(entry => entry.Resource == index)
                .Select(entry => new HeldAmount(entry.Latest, entry.Outstanding(moment)))
                .Where(held => held.Outstanding > QuotaAmount.Zero),
        ];
    }

    /// <summary>When the next of the allowance or of a reservation comes free.</summary>
    public static DateTimeOffset? FreesAt(UserState user, int index, long now)
    {
        ref var resource = ref user.Resources![index];
        var next = resource.Plan.IsRolling ? resource.NextOfRolling(now) : resource.Plan.PeriodEnd;
        foreach (var held in HeldBy(user, index, now))
            next = Math.Min(next, held.Reservation.ExpiresAt.ToUnixTimeMilliseconds());
        return next == QuotaClock.Never ? null : Moment(next);
    }

    private static DateTimeOffset Moment(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
