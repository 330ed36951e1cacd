using System.Collections.ObjectModel;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>What a plan, a user or a tenant is given. Immutable, but for the cache of what was made of it.</summary>
/// <param name="plan">The plan that it is assigned to; null for none.</param>
/// <param name="limits">By resource.</param>
internal sealed class LimitSet(string? plan, IReadOnlyDictionary<string, QuotaLimit> limits)
{
    public static LimitSet Empty { get; } = new(null, ReadOnlyDictionary<string, QuotaLimit>.Empty);

    public string? Plan { get; } = plan;

    public IReadOnlyDictionary<string, QuotaLimit> Limits { get; } = limits;

    /// <summary>The policies of those who have no entry of their own.</summary>
    public PolicyCache Policies { get; private init; } = new();

    /// <summary>The same, with the objects of an older one where they are equal: who compares them sees what changed.</summary>
    public LimitSet Renewing(LimitSet? old)
    {
        if (old is null)
            return this;
        var limits = Limits.ToDictionary(
            limit => limit.Key,
            limit => old.Limits.TryGetValue(limit.Key, out var before) && AreEqual(before, limit.Value) ? before : limit.Value,
            StringComparer.Ordinal);
        return new LimitSet(Plan, limits) { Policies = old.Policies };
    }

    private static bool AreEqual(QuotaLimit one, QuotaLimit other) =>
        one.Amount == other.Amount && one.Period == other.Period && one.IsHard == other.IsHard
        && one.Thresholds.SequenceEqual(other.Thresholds);
}
