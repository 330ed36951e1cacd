namespace Telemetry.Collector.Windows;

/// <summary>A point of a <see cref="SampleLine"/>.</summary>
/// <param name="Seconds">Since the window's start; negative before it.</param>
/// <param name="Value">Finite.</param>
public readonly record struct SamplePoint(double Seconds, double Value);
