namespace Telemetry.Collector.Windows;

/// <summary>A gauge over a window: straight lines between the samples, at the edges too.</summary>
public static class GaugeWindow
{
    /// <summary>The figures over the seconds from 0 to <paramref name="length"/>; a single moment has its value as all of
    /// them, and the integral 0.</summary>
    /// <exception cref="InvalidOperationException">The line has no points.</exception>
    public static WindowStatistics Summarize(SampleLine line, double length)
    {
        var knots = WindowKnots.Cut(line, length, line.At(0), line.At(length));
        var samples = WindowKnots.CountSamples(line, length, bracket: 1);
        if (length == 0)
        {
            var value = knots[0].Value;
            return new WindowStatistics(value, value, value, value, 0, samples);
        }

        var segments = knots
            .Zip(knots.Skip(1), (from, to) => new WindowSegment(to.Seconds - from.Seconds, from.Value, to.Value))
            .ToArray();
        return TimeWeighted.Summarize(segments, segments.Sum(segment => segment.Integral), samples);
    }

    /// <summary>The figures of <see cref="Summarize"/>, with bounds.</summary>
    /// <param name="line">The gauge.</param>
    /// <param name="length">The window's length in seconds.</param>
    /// <param name="floor">The lowest value that the gauge can have.</param>
    /// <param name="ceiling">The highest; null where unknown.</param>
    /// <exception cref="InvalidOperationException">The line has no points.</exception>
    public static WindowEstimates Measure(SampleLine line, double length, double floor, double? ceiling)
    {
        var statistics = Summarize(line, length);
        var integral = length == 0
            ? new Estimate(0, 0, 0, WindowMethod.Exact)
            : GaugeBounds.Integral(line, length, statistics.Integral, floor, ceiling);
        return WindowEstimates.Of(statistics, integral, length, floor, ceiling, WindowKnots.ValuesInside(line, length));
    }
}
