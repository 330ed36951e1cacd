using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>
/// The policies made so far, so that the same question brings the same object. A handful of entries: one for each resource. Safe for use
/// from any thread; does not allocate where nothing changed.
/// </summary>
internal sealed class PolicyCache
{
    private readonly Lock _making = new();
    private volatile Slot[] _slots = [];

    /// <summary>The policy made of these, by reference; another one than before where one of them is another.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="source">Where the limit was found.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="grants">The grants.</param>
    /// <param name="nextVersion">Gives a policy its version.</param>
    public QuotaPolicy Get(
        string resource, string source, QuotaLimit? limit, IReadOnlyList<QuotaGrant> grants, Func<long> nextVersion)
    {
        foreach (var slot in _slots)
        {
            if (slot.Holds(resource, source, limit, grants))
                return slot.Policy;
        }

        return Make(resource, source, limit, grants, nextVersion);
    }

    // By itself: what the lambda captures is allocated where the method begins.
    private QuotaPolicy Make(string resource, string source, QuotaLimit? limit, IReadOnlyList<QuotaGrant> grants, Func<long> nextVersion)
    {
        lock (_making)
        {
            var slots = _slots;
            if (Array.Find(slots, slot => slot.Holds(resource, source, limit, grants)) is { } made)
                return made.Policy;
            var policy = new QuotaPolicy(limit, grants, nextVersion(), source);
            _slots = [.. slots.Where(slot => slot.Resource != resource || slot.Policy.Source != source), new Slot(resource, policy)];
            return policy;
        }
    }

    private sealed record Slot(string Resource, QuotaPolicy Policy)
    {
        public bool Holds(string resource, string source, QuotaLimit? limit, IReadOnlyList<QuotaGrant> grants) =>
            ReferenceEquals(Policy.Limit, limit) && ReferenceEquals(Policy.Grants, grants) && Resource == resource && Policy.Source == source;
    }
}
