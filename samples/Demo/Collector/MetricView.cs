namespace Telemetry.Samples.Demo;

/// <summary>One metric of a run as the Collector's API shows it; the members that the table needs.</summary>
internal sealed record MetricView(string Name, double Max, double Avg, double Integral);
