namespace Telemetry.Collector.Windows;

/// <summary>A counter's figures over a window, for the node and for the run that the window belongs to.</summary>
/// <param name="Node">Of all that ran on the node, the run included: the increase as integral, and its rates.</param>
/// <param name="Own">The run's part of the increase: without the background and without other runs.</param>
public sealed record CounterFigures(WindowEstimates Node, Estimate Own);
