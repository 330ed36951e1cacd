namespace Telemetry.Collector.Windows;

/// <summary>A line's figures over a window, weighted by time. Minimum ≤ average ≤ maximum, and none is NaN.</summary>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Average">The integral divided by the window's length.</param>
/// <param name="P95">The lowest value that was not exceeded for 95 % of the time.</param>
/// <param name="Integral">The value summed over the seconds of the window.</param>
/// <param name="Samples">Points of the line that the figures rest on, brackets included.</param>
public sealed record WindowStatistics(double Min, double Max, double Average, double P95, double Integral, int Samples);
