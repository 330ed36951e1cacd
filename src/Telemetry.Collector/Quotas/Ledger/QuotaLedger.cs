using System.Diagnostics.CodeAnalysis;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// Who has used and reserved how much, in memory: the store's sums, the stream's tail and the reservations of the state log. Safe for use
/// from any thread.
/// </summary>
/// <remarks>
/// A user's state is in one shard, and is touched under its lock only; nothing is awaited and no other code is called under it, but for
/// the limit book.
/// </remarks>
internal sealed partial class QuotaLedger : IQuotaLedger, IUsageSink
{
    private const int DefaultShards = 64;
    private readonly LedgerContext _context;
    private readonly LedgerShard[] _shards;
    private readonly IUsageStore _store;
    private readonly IStateLog _log;
    private readonly IThresholdSink _thresholds;
    private readonly PartitionNumbers _partitions = new();
    private readonly UsageTopic[] _topics;
    private readonly Lock _positionsLock = new();
    private PositionSnapshot _positions = PositionSnapshot.None;
    private volatile bool _isRestored;
    private volatile bool _isCaughtUp;

    /// <param name="options">The options, checked.</param>
    /// <param name="resources">The resources.</param>
    /// <param name="topics">The tables of the resources' topics.</param>
    /// <param name="limits">Which limit applies to whom.</param>
    /// <param name="store">Usage that is stored.</param>
    /// <param name="log">Where reservations are written.</param>
    /// <param name="thresholds">Is told of thresholds that are reached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="rules">Which store's rows count.</param>
    /// <param name="shards">How many locks users are divided among.</param>
    public QuotaLedger(
        QuotaOptions options,
        IReadOnlyList<QuotaResource> resources,
        IEnumerable<TopicSchema> topics,
        ILimitBook limits,
        IUsageStore store,
        IStateLog log,
        IThresholdSink thresholds,
        TimeProvider time,
        UsageRules rules = UsageRules.ClickHouse,
        int shards = DefaultShards)
    {
        (_store, _log, _thresholds, _time) = (store, log, thresholds, time);
        _context = new LedgerContext(options, resources, limits, time);
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new LedgerShard(_context, Math.Max(1, options.MaxRecentIds / shards)))];
        _topics = [.. topics.Where(schema => resources.Any(resource => resource.Events.Any(type => type.Topic == schema.Topic)))
            .Select(schema => new UsageTopic(schema, resources, rules))];
    }

    public void InvalidateAll()
    {
        foreach (var shard in _shards)
        {
            lock (shard.Lock)
                shard.Invalidate();
        }
    }

    private LedgerShard ShardOf(UInt128 key) => _shards[(int)(((ulong)(key >> 96) * (ulong)_shards.Length) >> 32)];

    // Why there can be no answer yet, or not for this resource.
    private bool TryFind(string resource, out int index, [NotNullWhen(false)] out string? reason, out QuotaStatus status)
    {
        (reason, status) = (null, QuotaStatus.Ok);
        var resources = _context.Resources;
        for (index = 0; index < resources.Count; index++)
        {
            if (resources[index].Name == resource)
                break;
        }

        if (index == resources.Count)
            (status, reason) = (QuotaStatus.UnknownResource, $"There is no resource '{resource}'.");
        else if (!_isRestored)
            (status, reason) = (QuotaStatus.Starting, "The state log is being read.");
        else if (!_isCaughtUp)
            (status, reason) = (QuotaStatus.Starting, "The stream of usage is being read.");
        return reason is null;
    }

    private void Deliver(LedgerShard shard, in ShardEffects effects)
    {
        if (effects.Crossings is { } crossings)
        {
            foreach (var crossing in crossings)
                _thresholds.Reached(crossing);
        }

        if (effects.Wanted is { } user)
            LoadInBackground(shard, user);
    }
}
