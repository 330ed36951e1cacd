using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>What the Collector proves to be complete. Configuration section <c>Collector:Completeness</c>; checked at start-up.</summary>
public sealed class CompletenessOptions
{
    public const string SectionName = "Collector:Completeness";

    /// <summary>Whether events are counted at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The topics whose events are counted, each with the delivery class of its events: <c>Collector:Completeness:Topics:orders = Audit</c>.
    /// A producer's class can be judged only where all its topics are here. Default: those of the catalog
    /// (<see cref="CatalogTopicClasses"/>); a list here stands in place of it. Topic <c>telemetry_producer</c> is read in any case.
    /// </summary>
    public IDictionary<string, DeliveryClass> Topics { get; } = new Dictionary<string, DeliveryClass>(StringComparer.Ordinal);

    /// <summary>
    /// The Kafka consumer group. One Collector must read all topics: instances of one group would each see a part. Default
    /// <c>telemetry-collector-completeness</c>.
    /// </summary>
    public string GroupId { get; set; } = "telemetry-collector-completeness";

    /// <summary>
    /// How long after a report was read the events that it speaks of may still come, before they are missing. 1 s to 1 day; default
    /// 1 minute.
    /// </summary>
    public TimeSpan SettleDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often metrics and readiness are brought up to date. 100 ms to 1 hour; default 15 s.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a producer is remembered after its last event. 1 hour to 10 years; default 7 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);
}
