using Telemetry.Collector.Windows;

namespace Telemetry.WindowBenchmark;

/// <summary>How good values and bounds are.</summary>
/// <param name="MedianError">Of the value, relative to the truth.</param>
/// <param name="Contained">Share of cases whose truth lies in the bounds.</param>
/// <param name="MedianWidth">Of hi − lo, relative to the truth.</param>
internal sealed record MethodResult(double MedianError, double Contained, double MedianWidth)
{
    public static MethodResult Of(IReadOnlyList<(Estimate Estimate, double Truth)> cases)
    {
        // Bounds and truth are sums of many terms: equal but for rounding is equal.
        static bool Contains(Estimate estimate, double truth) =>
            estimate.Lo <= truth * (1 + 1e-9) && (estimate.Hi ?? double.PositiveInfinity) >= truth * (1 - 1e-9);
        return new MethodResult(
            Median(cases.Select(one => Math.Abs(one.Estimate.Value - one.Truth) / one.Truth)),
            cases.Count(one => Contains(one.Estimate, one.Truth)) / (double)cases.Count,
            Median(cases.Select(one => ((one.Estimate.Hi ?? double.PositiveInfinity) - one.Estimate.Lo) / one.Truth)));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
