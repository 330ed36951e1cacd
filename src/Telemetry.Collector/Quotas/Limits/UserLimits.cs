using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>What a user has for itself. Immutable, but for the cache.</summary>
/// <param name="set">Its own limits and plan.</param>
/// <param name="grants">Its grants by resource, in the order in which they are used.</param>
/// <param name="policies">The policies made so far.</param>
internal sealed class UserLimits(LimitSet set, IReadOnlyDictionary<string, IReadOnlyList<QuotaGrant>> grants, PolicyCache policies)
{
    private static readonly IReadOnlyList<QuotaGrant> NoGrants = [];

    public LimitSet Set { get; } = set;

    public PolicyCache Policies { get; } = policies;

    public bool IsEmpty => grants.Count == 0 && Set.Plan is null && Set.Limits.Count == 0;

    public IReadOnlyList<QuotaGrant> GrantsOf(string resource) => grants.TryGetValue(resource, out var some) ? some : NoGrants;

    public UserLimits With(LimitSet other) => new(other.Renewing(Set), grants, Policies);

    /// <summary>With a grant put in the place of the one of its id, or added; or, where it is null, without.</summary>
    public UserLimits With(string resource, string id, QuotaGrant? grant)
    {
        IEnumerable<QuotaGrant> others = GrantsOf(resource).Where(one => one.Id != id);
        IReadOnlyList<QuotaGrant> changed =
        [
            .. (grant is null ? others : others.Append(grant))
                .OrderBy(one => one.Priority)
                .ThenBy(one => one.ExpiresAt ?? DateTimeOffset.MaxValue)
                .ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
        var all = grants.Where(one => one.Key != resource).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        if (changed.Count > 0)
            all.Add(resource, changed);
        return new(Set, all, Policies);
    }
}
