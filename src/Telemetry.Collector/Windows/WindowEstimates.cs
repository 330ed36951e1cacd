namespace Telemetry.Collector.Windows;

/// <summary>The figures of a window, each with its bounds.</summary>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Average">The integral divided by the window's length.</param>
/// <param name="P95">The lowest value that was not exceeded for 95 % of the time.</param>
/// <param name="Integral">The value summed over the seconds of the window.</param>
/// <param name="Samples">Points that the figures rest on, brackets included.</param>
public sealed record WindowEstimates(
    Estimate Min, Estimate Max, Estimate Average, Estimate P95, Estimate Integral, int Samples)
{
    private const double Above = 0.05;

    /// <summary>
    /// What the integral's bounds and the range of possible values say about the others. The average is never above the
    /// maximum nor below the minimum; and by Markov's inequality, what is exceeded for a twentieth of the time has at least a
    /// twentieth of the integral.
    /// </summary>
    /// <param name="statistics">The values.</param>
    /// <param name="integral">Replaces the integral's value, too.</param>
    /// <param name="length">Of the window in seconds; 0 for a single moment, whose value has no bounds but the range.</param>
    /// <param name="floor">The lowest value there can be.</param>
    /// <param name="ceiling">The highest value there can be, or null.</param>
    /// <param name="seen">Values that were there at some time in the window.</param>
    internal static WindowEstimates Of(
        WindowStatistics statistics, Estimate integral, double length, double floor, double? ceiling, IEnumerable<double> seen)
    {
        var (least, most) = length > 0 ? (integral.Lo / length, integral.Hi / length) : (floor, ceiling);
        var (lowest, highest) = (most, least);
        foreach (var value in seen)
            (lowest, highest) = (Math.Min(lowest ?? value, value), Math.Max(highest, value));

        // The statistics' own average is free of the quotient's rounding.
        var average = length > 0 && integral.Value != statistics.Integral ? integral.Value / length : statistics.Average;
        var p95Least = ceiling is { } top ? Math.Max(floor, (least - Above * top) / (1 - Above)) : floor;
        double? p95Most = most is { } mean ? Math.Min((mean - (1 - Above) * floor) / Above, ceiling ?? double.PositiveInfinity) : ceiling;
        var (min, max) = (Math.Min(statistics.Min, average), Math.Max(statistics.Max, average));
        return new WindowEstimates(
            Estimate.Within(min, floor, lowest, integral.Method),
            Estimate.Within(max, highest, ceiling, integral.Method),
            Estimate.Within(average, least, most, integral.Method),
            Estimate.Within(statistics.P95, p95Least, p95Most, integral.Method),
            integral,
            statistics.Samples);
    }
}
