using Microsoft.Extensions.Options;
using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>Brings together what producers report and what arrived, from all who know of it.</summary>
internal sealed class CompletenessCheck(
    ICompletenessStore store,
    IEnumerable<IArrivedSequences> sources,
    CompletenessSources consumers,
    IOptions<CompletenessOptions> options,
    TimeProvider time)
{
    // Fewer are read and stored well within any settle delay.
    private const long MaxLag = 10_000;

    /// <summary>The producers that had an event between two times, the newest first.</summary>
    public async Task<IReadOnlyList<ProducerCompleteness>> JudgeAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var reports = (await store.FindReportsAsync(cancellationToken)).ToDictionary(report => report.Report.Producer, StringComparer.Ordinal);
        var producers = new Dictionary<string, Dictionary<DeliveryClass, ArrivedEvents>>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var (key, events) in await source.FindAsync(from, to, cancellationToken))
                EventsOf(producers, key).UnionWith(events);
        }

        var judge = new CompletenessJudge(
            Watched(), options.Value.SettleDelay, consumers.Statuses.Any(consumer => consumer.Status.Lag > MaxLag), time.GetUtcNow());
        return
        [
            .. producers
                .Select(producer => judge.Judge(producer.Key, reports.GetValueOrDefault(producer.Key), producer.Value))
                .OrderByDescending(producer => producer.LastEventAt).ThenBy(producer => producer.Producer, StringComparer.Ordinal),
        ];
    }

    private static ArrivedEvents EventsOf(Dictionary<string, Dictionary<DeliveryClass, ArrivedEvents>> producers, ProducerClassKey key)
    {
        if (!producers.TryGetValue(key.Producer, out var classes))
            producers.Add(key.Producer, classes = []);
        if (!classes.TryGetValue(key.Delivery, out var events))
            classes.Add(key.Delivery, events = new ArrivedEvents());
        return events;
    }

    private Dictionary<string, DeliveryClass> Watched()
    {
        var known = sources.SelectMany(source => source.Topics).ToHashSet(StringComparer.Ordinal);
        return options.Value.Topics.Where(topic => known.Contains(topic.Key)).ToDictionary(StringComparer.Ordinal);
    }
}
