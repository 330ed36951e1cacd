using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Measuring;

/// <summary>When runs are measured, and how many at once. Bound from <c>Collector:Measuring</c>.</summary>
public sealed class MeasuringOptions
{
    public const string SectionName = "Collector:Measuring";

    /// <summary>
    /// The metric catalog's file (docs/metrics-catalog.md), relative to the working directory. Default none: the catalog that
    /// comes with the program. It is read once, at the start.
    /// </summary>
    public string? CatalogPath { get; set; }

    /// <summary>
    /// How long after its finish a run is measured for the first time; 0 to 1 h. Default 60 s. At least twice the longer of
    /// scrape interval and the exporter's own collect interval, so that two samples after the finish are there. The store
    /// applies it when it looks for due runs.
    /// </summary>
    public TimeSpan SettleDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a run is measured right at its finish too, and served as provisional until <see cref="SettleDelay"/> is over.
    /// Default yes. It doubles the queries.
    /// </summary>
    public bool Provisional { get; set; } = true;

    /// <summary>
    /// How long after the final measurement a run is measured once more, and corrected where samples that came later change
    /// it; 0 for never, to 1 day. Default 10 min.
    /// </summary>
    public TimeSpan CorrectionDelay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after one of its events a run waits for the other, before it is closed as orphaned; 1 min to 31 days. Default
    /// 1 day. An event that comes later still counts.
    /// </summary>
    public TimeSpan OrphanAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often the store is asked for due runs; 10 ms to 1 min. Default 1 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many runs are measured at the same time; 1 to 64. Default 4. Each has one query under way.</summary>
    public int MeasureConcurrency { get; set; } = 4;

    /// <summary>
    /// Wait after the first failed try of a run, doubled with every further one; 100 ms to 1 h. Default 5 s. The actual wait
    /// is a random one between half of it and all of it.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What the doubling stops at; not below <see cref="RetryDelay"/>, at most 1 day. Default 5 min. Tries never end.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A longer run is not measured but closed as no_data; 1 min to 31 days. Default 7 days. While it is being measured, a
    /// run's CPU samples are in memory: at a scrape interval of 15 s, about 1.5 MB for a day of one CPU.
    /// </summary>
    public TimeSpan LongestWindow { get; set; } = TimeSpan.FromDays(7);

    internal RunSchedule Schedule => new()
    {
        SettleDelay = SettleDelay,
        Provisional = Provisional,
        CorrectionDelay = CorrectionDelay > TimeSpan.Zero ? CorrectionDelay : null,
        OrphanAfter = OrphanAfter,
    };
}
