using Telemetry.Collector.Measuring.Catalog;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>The raw series of one source of a metric, before any of it is computed.</summary>
/// <param name="Source">Where they are from.</param>
/// <param name="Terms">The series found for each of its terms, in their order.</param>
internal sealed record MetricReading(MetricSource Source, IReadOnlyList<IReadOnlyList<Series>> Terms)
{
    /// <summary>The node or pod whose series they are, by its labels.</summary>
    public string Target { get; init; } = "";

    /// <summary>What was asked for each term that the run has the values for, in PromQL.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = [];

    /// <summary>The same for readings of the same series that are to be counted in the same way.</summary>
    public string Key => string.Join('\n', Selectors.Zip(Source.Terms, (select, term) => $"{term.Scale:R} {select}"))
        + $"\n{Source.Capacity:R} {Source.CapacityPer} {Source.FromZero}";

    /// <summary>The first term without any series, or null.</summary>
    public MetricTerm? Absent => Source.Terms.Zip(Terms).FirstOrDefault(term => term.Second.Count == 0).First;

    /// <summary>The highest value that all series together can have; null where unknown.</summary>
    public double? Capacity => Source.Capacity * (Source.CapacityPer is { } label
        ? Terms.SelectMany(series => series).Select(series => series.Label(label)).Distinct().Count()
        : Terms.Sum(series => series.Count));

    public CounterHistory Counter(TimeWindow window, TimeSpan scrapeInterval, TimeSpan longestGap) =>
        CounterLine.Read(Scaled(samples => FromZero(samples, window, scrapeInterval, longestGap)), window.Start, Source.Capacity, Capacity);

    public SampleLine Gauge(DateTimeOffset origin) => GaugeLine.Sum(Scaled(samples => samples), origin);

    private IEnumerable<IReadOnlyList<Sample>> Scaled(Func<IReadOnlyList<Sample>, IReadOnlyList<Sample>> prepare) =>
        Source.Terms.Zip(Terms).SelectMany(term => term.Second.Select(series =>
        {
            var samples = prepare(series.Samples);
            return term.First.Scale is 1 and var scale
                ? samples
                : [.. samples.Select(sample => sample with { Value = sample.Value * term.First.Scale })];
        }));

    /// <summary>
    /// A series that was not there before began at zero, within the scrape before its first sample but not before the run. One
    /// that is there all along, or begins so far off that nobody looked when it did, is left alone.
    /// </summary>
    private IReadOnlyList<Sample> FromZero(
        IReadOnlyList<Sample> samples, TimeWindow window, TimeSpan scrapeInterval, TimeSpan longestGap)
    {
        if (!Source.FromZero || samples.Count == 0)
            return samples;
        var (first, start) = (samples[0].UnixMilliseconds, window.Start.ToUnixTimeMilliseconds());
        if (first <= start || first > window.Finish.ToUnixTimeMilliseconds() + (long)longestGap.TotalMilliseconds)
            return samples;
        var birth = Math.Max(start, first - (long)scrapeInterval.TotalMilliseconds);
        return birth < first ? [new Sample(birth, 0), .. samples] : samples;
    }
}
