namespace Telemetry.Collector.Windows;

/// <summary>A counter's figures over a window, for the node and for the run that the window belongs to.</summary>
/// <param name="Statistics">Of the node: what ran there, the run included.</param>
/// <param name="Integral">The node's increase, with bounds.</param>
/// <param name="Own">The run's part of it: without the background and without other runs.</param>
public sealed record CounterFigures(WindowStatistics Statistics, Estimate Integral, Estimate Own);
