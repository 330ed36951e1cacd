namespace Telemetry.Collector.Windows;

/// <summary>
/// What a gauge may have been between its samples. Inside the window it is taken to walk at random, as far as it is seen to:
/// between two samples <c>T</c> apart, the area under a walk of variance <c>w</c> a second that is tied at both has the
/// variance <c>w·T³/12</c>. At the edges, where the run begins and ends, it may stand at either neighbour's value throughout.
/// </summary>
internal static class GaugeBounds
{
    private const double Deviations = 3;

    /// <param name="line">The gauge.</param>
    /// <param name="length">Of the window, in seconds; more than 0.</param>
    /// <param name="integral">The line's area over the window.</param>
    /// <param name="floor">The gauge's lowest possible value.</param>
    /// <param name="ceiling">Its highest possible value, or null.</param>
    public static Estimate Integral(SampleLine line, double length, double integral, double floor, double? ceiling)
    {
        var (first, end) = (line.FirstAtOrAfter(0), line.FirstAtOrAfter(length));
        var inside = line.Count > end && line[end].Seconds == length ? end + 1 : end;
        if (inside <= first)
            return Clip(integral, double.NegativeInfinity, double.PositiveInfinity, length, floor, ceiling, WindowMethod.Bridged);

        var (lo, hi) = (0.0, 0.0);
        // The edges: from the start to the first sample inside, and from the last one to the finish.
        Add(line[first].Seconds, first > 0 ? line[first - 1].Value : null, line[first].Value);
        Add(length - line[inside - 1].Seconds, inside < line.Count ? line[inside].Value : null, line[inside - 1].Value);
        var walk = Walk(line);
        var variance = 0.0;
        for (var i = first + 1; i < inside; i++)
        {
            var seconds = line[i].Seconds - line[i - 1].Seconds;
            lo += seconds * (line[i].Value / 2 + line[i - 1].Value / 2);
            hi += seconds * (line[i].Value / 2 + line[i - 1].Value / 2);
            variance += walk * Math.Pow(seconds, 3) / 12;
        }

        var edges = line[first].Seconds + length - line[inside - 1].Seconds;
        var margin = Deviations * (Math.Sqrt(variance) + edges * Math.Sqrt(walk * edges));
        return Clip(integral, lo - margin, hi + margin, length, floor, ceiling, WindowMethod.TimeWeighted);

        void Add(double seconds, double? outside, double value)
        {
            lo += seconds > 0 ? seconds * Math.Min(outside ?? floor, value) : 0;
            hi += seconds > 0 ? seconds * Math.Max(outside ?? ceiling ?? double.PositiveInfinity, value) : 0;
        }
    }

    /// <summary>Variance of the change in a second, over all that was read.</summary>
    private static double Walk(SampleLine line)
    {
        var sum = 0.0;
        for (var i = 1; i < line.Count; i++)
            sum += Math.Pow(line[i].Value - line[i - 1].Value, 2) / (line[i].Seconds - line[i - 1].Seconds);
        return line.Count < 2 ? 0 : sum / (line.Count - 1);
    }

    private static Estimate Clip(
        double integral, double lo, double hi, double length, double floor, double? ceiling, string method)
    {
        var most = Math.Min(hi, ceiling * length ?? double.PositiveInfinity);
        return Estimate.Within(integral, Math.Max(lo, floor * length), double.IsFinite(most) ? most : null, method);
    }
}
