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
}
