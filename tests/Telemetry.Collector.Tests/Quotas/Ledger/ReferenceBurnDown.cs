using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Burn-down over all of history and all grants, in the words of the design: no plan, no slots, nothing left out.</summary>
internal sealed class ReferenceBurnDown
{
    // The same few times are asked for again and again.
    private readonly Dictionary<(QuotaPeriod Period, long Time), long> _starts = [];

    private sealed class Source(QuotaGrant? grant, QuotaAmount left)
    {
        public QuotaGrant? Grant => grant;

        public QuotaAmount Given { get; set; } = left;

        public QuotaAmount Left { get; set; } = left;
    }

    public BurnDownResult Evaluate(QuotaPolicy policy, IReadOnlyList<(long Time, QuotaAmount Amount)> events, long now)
    {
        var period = policy.Limit?.Period ?? new QuotaPeriod(QuotaPeriodKind.None);
        var allowed = policy.Limit?.Amount ?? QuotaAmount.Zero;
        var current = StartOf(period, now);
        if (period.Kind == QuotaPeriodKind.Rolling)
        {
            var window = Sum(events.Where(item => item.Time >= current));
            return new(window, Positive(allowed - window), default, allowed, Positive(window - allowed));
        }

        var grants = policy.Grants.Select(grant => new Source(grant, grant.Amount)).ToList();
        var edges = policy.Grants.SelectMany(grant => new[] { grant.EffectiveFrom, grant.ExpiresAt ?? DateTimeOffset.MaxValue })
            .Select(edge => edge.ToUnixTimeMilliseconds()).ToList();
        var result = new BurnDownResult(default, allowed, default, default, default);
        foreach (var spent in events.GroupBy(item => StartOf(period, item.Time)).Where(of => of.Key <= current).OrderBy(of => of.Key))
        {
            var allowance = new Source(null, allowed);
            var overage = QuotaAmount.Zero;
            foreach (var segment in spent.GroupBy(item => edges.Count(edge => edge <= item.Time)).OrderBy(segment => segment.Key))
                Use(Sum(segment), [.. InOrder(grants.Where(grant => IsEffective(grant.Grant!, segment.First().Time)).Append(allowance))], allowance, ref overage);
            if (spent.Key == current)
                result = new(Sum(spent), allowance.Left, default, default, overage);
        }

        var effective = grants.Where(grant => IsEffective(grant.Grant!, now)).ToList();
        return result with
        {
            Grants = effective.Aggregate(QuotaAmount.Zero, (sum, grant) => sum + grant.Left),
            Limit = effective.Aggregate(allowed, (sum, grant) => sum + grant.Given),
        };
    }

    private long StartOf(QuotaPeriod period, long time)
    {
        if (!_starts.TryGetValue((period, time), out var start))
            _starts[(period, time)] = start = QuotaClock.PeriodAt(period, time).Start;
        return start;
    }

    private static void Use(QuotaAmount usage, IReadOnlyList<Source> sources, Source allowance, ref QuotaAmount overage)
    {
        foreach (var source in sources.Where(source => source.Left > QuotaAmount.Zero))
        {
            var taken = QuotaAmount.Min(Positive(usage), source.Left);
            (usage, source.Left) = (usage - taken, source.Left - taken);
        }

        if (usage >= QuotaAmount.Zero)
        {
            overage += usage;
            return;
        }

        var back = QuotaAmount.Zero - usage;
        var first = QuotaAmount.Min(back, overage);
        (back, overage) = (back - first, overage - first);
        foreach (var source in sources.Reverse())
        {
            var given = QuotaAmount.Min(back, Positive(source.Given - source.Left));
            (back, source.Left) = (back - given, source.Left + given);
        }

        allowance.Left += back;
    }

    private static IEnumerable<Source> InOrder(IEnumerable<Source> sources) => sources
        .OrderBy(source => source.Grant?.Priority ?? 0)
        .ThenBy(source => source.Grant is not null)
        .ThenBy(source => source.Grant?.ExpiresAt ?? DateTimeOffset.MaxValue)
        .ThenBy(source => source.Grant?.Id, StringComparer.Ordinal);

    private static bool IsEffective(QuotaGrant grant, long time) =>
        time >= grant.EffectiveFrom.ToUnixTimeMilliseconds() && (grant.ExpiresAt is not { } expiry || time < expiry.ToUnixTimeMilliseconds());

    private static QuotaAmount Positive(QuotaAmount amount) => QuotaAmount.Max(amount, QuotaAmount.Zero);

    private static QuotaAmount Sum(IEnumerable<(long Time, QuotaAmount Amount)> events) =>
        events.Aggregate(QuotaAmount.Zero, (sum, item) => sum + item.Amount);
}
