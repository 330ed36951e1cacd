using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Usage as it comes.</summary>
internal sealed partial class QuotaLedger
{
    public void Begin(UsagePositions positions) => MoveTo(positions);

    public UsageOutcome Apply(string topic, int partition, long offset, long timestamp, ReadOnlySpan<byte> value)
    {
        if (FindTopic(topic) is not { } known)
            return NotUsage();
        switch (UsageReader.Read(known, value, out var usage))
        {
            case UsageKind.NotUsage:
                return NotUsage();
            case UsageKind.DeadLetter:
                return DeadLetter();
        }

        var now = _context.RecentNowAfter(usage.Time);
        if (known.Rules == UsageRules.ClickHouse && !ClickHouseRules.AcceptsTimestamp(timestamp, now))
            return DeadLetter();
        var user = TextKey.OfUser(usage.User);
        var shard = ShardOf(user);
        var keys = UsageKeys.Of(user, usage);
        var number = known.NumberOf(partition, _partitions);
        ShardEffects effects = default;
        UsageOutcome outcome;
        lock (shard.Lock)
        {
            outcome = shard.Apply(usage, keys, number, offset, now, ref effects);
            shard.Counters.Outcomes[(int)outcome]++;
        }

        Deliver(shard, effects);
        return outcome;
    }

    public void StoredUpTo(UsagePositions positions) => MoveTo(positions);

    public void CaughtUp()
    {
        _isCaughtUp = true;
        Start();
    }

    // There are few, and whoever reads them has one object for each name.
    private UsageTopic? FindTopic(string topic)
    {
        foreach (var known in _topics)
        {
            if (string.Equals(known.Schema.Topic, topic, StringComparison.Ordinal))
                return known;
        }

        return null;
    }

    private UsageOutcome DeadLetter()
    {
        Interlocked.Increment(ref _deadLetters);
        return UsageOutcome.DeadLetter;
    }

    private UsageOutcome NotUsage()
    {
        Interlocked.Increment(ref _notUsage);
        return UsageOutcome.NotUsage;
    }

    private void Start() => _context.LoadsInBackground = _isCaughtUp && _isRestored && _context.Options.BackgroundLoads > 0;

    private void MoveTo(UsagePositions positions)
    {
        lock (_positionsLock)
        {
            _positions = _partitions.Later(_positions, positions);
            foreach (var shard in _shards)
            {
                lock (shard.Lock)
                    shard.MoveTo(_positions);
            }
        }
    }
}
