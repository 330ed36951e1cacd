namespace Telemetry.Collector.Windows;

/// <summary>A reset: what the counter gained between its last sample and the restart was never scraped.</summary>
/// <param name="From">The last sample before it, in seconds since the window's start.</param>
/// <param name="To">The first sample after it.</param>
/// <param name="AtMost">The most that is missing; 0 or more.</param>
public readonly record struct CounterLoss(double From, double To, double AtMost);
