using System.Diagnostics.Metrics;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// Instruments of the meter <c>Telemetry.Collector</c> about the ledger. The shards count under their locks; nothing is added up but when
/// someone looks.
/// </summary>
internal sealed class QuotaMetrics
{
    private const string Prefix = "telemetry.collector.quota.";

    public QuotaMetrics(IMeterFactory meters, QuotaLedger ledger)
    {
        var meter = meters.Create(CollectorMeter.Name);
        Gauge("users", "{user}", "Users in memory.", counters => counters.Users);
        Gauge("tail", "{event}", "Events kept until the store has them.", counters => counters.TailEvents);
        Gauge("recent_ids", "{id}", "Ids of events that are remembered.", counters => counters.RecentIds);
        Gauge("reservations", "{reservation}", "Reservations in memory, ended ones that are kept among them.", counters => counters.Reservations);
        Gauge(
            "reservations.uncertain", "{reservation}", "Reservations whose last change may or may not be in the state log.",
            counters => counters.Uncertain);
        Counter("loads", "{load}", "Users read from the store, with those that failed.", counters => counters.Loads);
        Counter("loads.failures", "{load}", "Users who could not be read.", counters => counters.LoadFailures);
        Counter("evictions", "{user}", "Users who left memory for others.", counters => counters.Evictions);
        Counter("tail.let_go", "{event}", "Events let go before the store had them: users not in memory wait for it.", counters => counters.LetGo);
        meter.CreateObservableCounter(Prefix + "usage", () => ledger.Outcomes(), "{record}", "Records of the usage topics, by what became of them.");
        meter.CreateObservableCounter(Prefix + "decisions", () => ledger.Decisions(), "{decision}", "Checks and reservations, by what was decided.");

        void Gauge(string name, string unit, string description, Func<ShardCounters, long> value) =>
            meter.CreateObservableGauge(Prefix + name, () => ledger.Sum(value), unit, description);

        void Counter(string name, string unit, string description, Func<ShardCounters, long> value) =>
            meter.CreateObservableCounter(Prefix + name, () => ledger.Sum(value), unit, description);
    }
}
