namespace Telemetry.Collector.Windows;

/// <summary>Statistics of a value over time, in which a segment weighs what it lasts.</summary>
internal static class TimeWeighted
{
    private const double P95Share = 0.95;

    // Sums of lengths carry rounding; without the allowance, "19 of 20 seconds" may fall just short of 95 %.
    private const double RoundingAllowance = 1e-12;

    /// <param name="segments">The whole window, at least one.</param>
    /// <param name="integral">Passed in, because for a counter it is known without the detour over rates.</param>
    /// <param name="samples">Goes into the result as it is.</param>
    public static WindowStatistics Summarize(IReadOnlyList<WindowSegment> segments, double integral, int samples)
    {
        var min = segments.Min(segment => segment.Low);
        var max = segments.Max(segment => segment.High);
        var average = integral / segments.Sum(segment => segment.Seconds);
        // The quotient may stand a last bit outside of values that it lies between.
        return new WindowStatistics(min, max, Math.Clamp(average, min, max), Quantile(segments, P95Share), integral, samples);
    }

    /// <summary>The lowest value that is not exceeded for this share of the time.</summary>
    internal static double Quantile(IReadOnlyList<WindowSegment> segments, double share)
    {
        var target = segments.Sum(segment => segment.Seconds) * share * (1 - RoundingAllowance);
        var values = segments.SelectMany(segment => new[] { segment.Low, segment.High }).Distinct().Order().ToArray();

        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (SecondsUpTo(segments, values[middle]) < target)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? values[0] : Between(segments, values[low - 1], values[low], target);
    }

    /// <summary>
    /// Between two neighbouring values the time grows on a straight line, then jumps at the upper one by the segments that
    /// stay there.
    /// </summary>
    private static double Between(IReadOnlyList<WindowSegment> segments, double lower, double upper, double target)
    {
        var atLower = SecondsUpTo(segments, lower);
        var belowUpper = SecondsUpTo(segments, upper)
            - segments.Where(segment => segment.Low == upper && segment.High == upper).Sum(segment => segment.Seconds);
        if (belowUpper < target)
            return upper;
        return Math.Clamp(lower + (upper - lower) * ((target - atLower) / (belowUpper - atLower)), lower, upper);
    }

    private static double SecondsUpTo(IReadOnlyList<WindowSegment> segments, double limit) =>
        segments.Sum(segment => segment.SecondsUpTo(limit));
}
