using System.Collections.Concurrent;
using System.Text.Json;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>
/// The book's entries, by what a question asks for. Read from any thread; written by one at a time, which the book sees to.
/// </summary>
internal sealed class LimitTable
{
    private const string OwnSource = "user";
    private const string TenantSource = "tenant";
    private const string DefaultSource = "default";
    private const string NoSource = "none";

    private static readonly IReadOnlyList<QuotaGrant> NoGrants = [];

    private readonly ConcurrentDictionary<string, UserLimits> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LimitSet> _tenants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PlanLimits> _plans = new(StringComparer.Ordinal);
    private readonly PolicyCache _unlimited = new();
    private readonly KnownResources _resources;
    private readonly Func<long> _nextVersion;
    private volatile string? _defaultPlan;
    private long _versions;

    public LimitTable(KnownResources resources)
    {
        _resources = resources;
        // Made once: a question must not allocate.
        _nextVersion = () => Interlocked.Increment(ref _versions);
    }

    public string? DefaultPlan => _defaultPlan;

    public bool HasPlan(string name) => _plans.ContainsKey(name);

    /// <summary>Who refers to a plan, as a sentence has it; null for nobody.</summary>
    public string? FindUseOf(string plan)
    {
        if (_defaultPlan == plan)
            return "the default";
        foreach (var (tenant, set) in _tenants)
        {
            if (set.Plan == plan)
                return $"tenant '{tenant}'";
        }

        foreach (var (user, limits) in _users)
        {
            if (limits.Set.Plan == plan)
                return $"user '{user}'";
        }

        return null;
    }

    /// <summary>A user's grants of a resource.</summary>
    public IReadOnlyList<QuotaGrant> Grants(string user, string resource) =>
        _users.TryGetValue(user, out var own) ? own.GrantsOf(resource) : NoGrants;

    /// <summary>The policy that applies; the same object as long as it does not change.</summary>
    public QuotaPolicy Resolve(string user, string? tenant, string resource)
    {
        if (_users.TryGetValue(user, out var own))
            return ResolveOwn(own, tenant, resource);
        if (Find(tenant, resource, out var source, out var cache) is { } limit)
            return cache.Get(resource, source, limit, NoGrants, _nextVersion);
        return _unlimited.Get("", NoSource, null, NoGrants, _nextVersion);
    }

    /// <summary>Puts an entry into its place, or takes it away.</summary>
    public void Set(LimitSubject subject, JsonElement? entry)
    {
        switch (subject.Kind)
        {
            case LimitKind.User:
                SetUser(subject.Name, user => user.With(ReadSet(entry)));
                break;
            case LimitKind.Grant:
                SetUser(subject.Name, user => user.With(
                    subject.Resource!, subject.Grant!, entry?.Deserialize(LimitJson.Default.GrantDocument)!.ToGrant()));
                break;
            case LimitKind.Default:
                _defaultPlan = entry is null ? null : ReadSet(entry).Plan;
                break;
            case LimitKind.Tenant when entry is not null:
                _tenants[subject.Name] = ReadSet(entry).Renewing(_tenants.GetValueOrDefault(subject.Name));
                break;
            case LimitKind.Plan when entry is not null:
                _plans[subject.Name] = new($"plan:{subject.Name}", ReadSet(entry).Renewing(_plans.GetValueOrDefault(subject.Name)?.Set));
                break;
            case LimitKind.Tenant:
                _tenants.TryRemove(subject.Name, out _);
                break;
            default:
                _plans.TryRemove(subject.Name, out _);
                break;
        }
    }

    private QuotaPolicy ResolveOwn(UserLimits own, string? tenant, string resource)
    {
        if (own.Set.Limits.TryGetValue(resource, out var limit))
            return Own(own, resource, OwnSource, limit);
        if (own.Set.Plan is { } name && _plans.TryGetValue(name, out var plan) && plan.Set.Limits.TryGetValue(resource, out limit))
            return Own(own, resource, plan.Source, limit);
        limit = Find(tenant, resource, out var source, out _);
        return Own(own, resource, source, limit);
    }

    // A window that moves takes no grants: there is no period that they would be beyond of.
    private QuotaPolicy Own(UserLimits own, string resource, string source, QuotaLimit? limit) => own.Policies.Get(
        resource, source, limit, limit?.Period.Kind == QuotaPeriodKind.Rolling ? NoGrants : own.GrantsOf(resource), _nextVersion);

    private QuotaLimit? Find(string? tenant, string resource, out string source, out PolicyCache cache)
    {
        if (tenant is not null && _tenants.TryGetValue(tenant, out var set))
        {
            if (set.Limits.TryGetValue(resource, out var limit))
            {
                (source, cache) = (TenantSource, set.Policies);
                return limit;
            }

            if (set.Plan is { } name && _plans.TryGetValue(name, out var plan) && plan.Set.Limits.TryGetValue(resource, out limit))
            {
                (source, cache) = (plan.Source, plan.Set.Policies);
                return limit;
            }
        }

        if (_defaultPlan is { } standard && _plans.TryGetValue(standard, out var last) && last.Set.Limits.TryGetValue(resource, out var found))
        {
            (source, cache) = (DefaultSource, last.Set.Policies);
            return found;
        }

        (source, cache) = (NoSource, _unlimited);
        return null;
    }

    private void SetUser(string user, Func<UserLimits, UserLimits> change)
    {
        var changed = change(_users.GetValueOrDefault(user) ?? new UserLimits(LimitSet.Empty, new Dictionary<string, IReadOnlyList<QuotaGrant>>(), new PolicyCache()));
        if (changed.IsEmpty)
            _users.TryRemove(user, out _);
        else
            _users[user] = changed;
    }

    // What was written was checked then; a resource that is no longer configured is left out rather than refused.
    private LimitSet ReadSet(JsonElement? entry)
    {
        if (entry?.Deserialize(LimitJson.Default.LimitSetDocument) is not { } document)
            return LimitSet.Empty;
        var reader = new LimitReader(new LimitMistakes(), _resources);
        return reader.ReadSet(document, "$");
    }

    private sealed record PlanLimits(string Source, LimitSet Set);
}
