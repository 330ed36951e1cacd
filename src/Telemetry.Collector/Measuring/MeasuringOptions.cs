using System.ComponentModel.DataAnnotations;

namespace Telemetry.Collector.Measuring;

/// <summary>When runs are measured, and how many at once. Bound from <c>Collector:Measuring</c>.</summary>
public sealed class MeasuringOptions
{
    public const string SectionName = "Collector:Measuring";

    /// <summary>
    /// How long after its finish a run is measured for the first time; 0 to 1 h. Default 60 s. At least twice the longer of
    /// scrape interval and the exporter's own collect interval, so that two samples after the finish are there. The store
    /// applies it when it looks for due runs.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage =
        "Collector:Measuring:SettleDelay is out of range: set it to between 00:00:00 and 01:00:00, at least twice the scrape interval.")]
    public TimeSpan SettleDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the store is asked for due runs; 10 ms to 1 min. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ErrorMessage =
        "Collector:Measuring:PollInterval is out of range: set it to between 00:00:00.01 and 00:01:00.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many runs are measured at the same time; 1 to 64. Default 4. Each has one query under way.</summary>
    [Range(1, 64, ErrorMessage = "Collector:Measuring:MeasureConcurrency is out of range: set it to between 1 and 64.")]
    public int MeasureConcurrency { get; set; } = 4;

    /// <summary>
    /// Wait after the first failed try of a run, doubled with every further one; 100 ms to 1 h. Default 5 s. The actual wait
    /// is a random one between half of it and all of it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage =
        "Collector:Measuring:RetryDelay is out of range: set it to between 00:00:00.1 and 01:00:00.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What the doubling stops at; not below <see cref="RetryDelay"/>, at most 1 day. Default 5 min. Tries never end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ErrorMessage =
        "Collector:Measuring:MaxRetryDelay is out of range: set it to between RetryDelay and 1.00:00:00.")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A longer run is not measured but closed as no_data; 1 min to 31 days. Default 7 days. While it is being measured, a
    /// run's CPU samples are in memory: at a scrape interval of 15 s, 0.6 MB for a day of one CPU.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00", ErrorMessage =
        "Collector:Measuring:LongestWindow is out of range: set it to between 00:01:00 and 31.00:00:00.")]
    public TimeSpan LongestWindow { get; set; } = TimeSpan.FromDays(7);
}
