namespace Telemetry.Collector.Windows;

/// <summary>
/// How much of a window the samples vouch for. A moment is covered when it lies between two neighbouring samples that are at
/// most the longest gap apart: nothing is known beyond the ends of the line, and nothing inside a longer gap.
/// </summary>
public static class WindowCoverage
{
    /// <summary>Below this share of the window there is no data; above it the rest is bridged by straight lines.</summary>
    public const double Required = 0.9;

    private static readonly TimeSpan ShortestGap = TimeSpan.FromSeconds(15);

    /// <summary>The distance of two samples from which on there is a gap: three scrapes, but never less than 15 s.</summary>
    public static TimeSpan LongestGap(TimeSpan scrapeInterval)
    {
        var threeScrapes = scrapeInterval * 3;
        return threeScrapes > ShortestGap ? threeScrapes : ShortestGap;
    }

    /// <summary>The covered share of the time from 0 to <paramref name="length"/>; of a single moment, 0 or 1.</summary>
    public static double Of(SampleLine line, double length, TimeSpan longestGap)
    {
        // A millisecond of tolerance: Prometheus aligns scrapes to its own clock only that well.
        var limit = longestGap.TotalSeconds + 0.001;
        var covered = 0.0;
        for (var i = Math.Max(1, line.FirstAtOrAfter(0)); i < line.Count && line[i - 1].Seconds <= length; i++)
        {
            var (from, to) = (line[i - 1].Seconds, line[i].Seconds);
            if (to - from > limit)
                continue;
            if (length == 0)
                return 1;
            covered += Math.Max(0, Math.Min(to, length) - Math.Max(from, 0));
        }

        return length == 0 ? 0 : Math.Min(1, covered / length);
    }
}
