using System.Diagnostics.Metrics;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What the ledger has counted.</summary>
internal sealed partial class QuotaLedger
{
    private static readonly (UsageOutcome Outcome, string Name)[] OutcomeNames =
    [
        (UsageOutcome.Counted, "counted"), (UsageOutcome.Duplicate, "duplicate"), (UsageOutcome.Kept, "kept"), (UsageOutcome.Late, "late"),
        (UsageOutcome.NotUsage, "not_usage"), (UsageOutcome.DeadLetter, "dead_letter"),
    ];

    private long _notUsage;
    private long _deadLetters;

    public long Sum(Func<ShardCounters, long> value) => _shards.Sum(shard => value(shard.Counters));

    public IEnumerable<Measurement<long>> Outcomes() => OutcomeNames.Select(outcome => new Measurement<long>(
        Sum(counters => counters.Outcomes[(int)outcome.Outcome]) + outcome.Outcome switch
        {
            UsageOutcome.NotUsage => Volatile.Read(ref _notUsage),
            UsageOutcome.DeadLetter => Volatile.Read(ref _deadLetters),
            _ => 0,
        },
        new KeyValuePair<string, object?>("outcome", outcome.Name)));

    public IEnumerable<Measurement<long>> Decisions() =>
    [
        new(Sum(counters => counters.Granted), new KeyValuePair<string, object?>("result", "granted")),
        new(Sum(counters => counters.OverLimit), new KeyValuePair<string, object?>("result", "over_limit")),
        new(Sum(counters => counters.Denied), new KeyValuePair<string, object?>("result", "denied")),
    ];
}
