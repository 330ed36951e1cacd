using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Limits by user and resource, with one for all others.</summary>
internal sealed class ScriptedLimitBook : ILimitBook
{
    private readonly Dictionary<(string User, string Resource), QuotaPolicy> _own = [];
    private QuotaPolicy _others = new(null, [], 0, "none");

    public long Version { get; private set; }

    public QuotaPolicy Resolve(string user, string? tenant, string resource) =>
        _own.GetValueOrDefault((user, resource)) ?? _others;

    public void SetForAll(QuotaLimit? limit) => _others = new QuotaPolicy(limit, [], ++Version, "default");

    public void Set(string user, string resource, QuotaLimit? limit, params IReadOnlyList<QuotaGrant> grants) =>
        _own[(user, resource)] = new QuotaPolicy(limit, grants, ++Version, "user");
}
