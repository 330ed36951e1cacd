using System.Collections.Concurrent;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What all shards share.</summary>
internal sealed class LedgerContext(
    QuotaOptions options, IReadOnlyList<QuotaResource> resources, ILimitBook limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, string> _tenants = new(StringComparer.Ordinal);
    private readonly RecentClock? _recent = time == TimeProvider.System ? new() : null;
    private long _residents;
    private long _tailEvents;

    public QuotaOptions Options => options;

    public IReadOnlyList<QuotaResource> Resources => resources;

    public ILimitBook Limits => limits;

    /// <summary>Users in memory, of all shards.</summary>
    public long Residents => Volatile.Read(ref _residents);

    public long TailEvents => Volatile.Read(ref _tailEvents);

    /// <summary>Now, in whole milliseconds, as events and reservations have it.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// The same, a few milliseconds old at most, and at a fraction of the cost: for what happens millions of times a second and keeps no time.
    /// </summary>
    public long RecentNow => _recent?.Now ?? Now;

    /// <summary>The same, but never so old that what has just happened would lie in the future.</summary>
    /// <param name="happened">When it happened.</param>
    public long RecentNowAfter(long happened)
    {
        var now = RecentNow;
        return happened <= now || _recent is null ? now : _recent.Refresh();
    }

    /// <summary>Whether usage brings its users into memory: not before there can be answers.</summary>
    public bool LoadsInBackground { get; set; }

    /// <summary>One object for equal names of tenants, which many users share.</summary>
    public string Share(string tenant)
    {
        const int most = 100_000;
        if (_tenants.Count > most)
            _tenants.Clear();
        return _tenants.GetOrAdd(tenant, tenant);
    }

    public void AddResidents(int count) => Interlocked.Add(ref _residents, count);

    public void AddTailEvents(int count) => Interlocked.Add(ref _tailEvents, count);
}
