namespace Telemetry.Collector.Prometheus;

/// <summary>One raw sample as Prometheus stores it.</summary>
/// <param name="UnixMilliseconds">When it was scraped; Prometheus' own resolution.</param>
/// <param name="Value">May be NaN or infinite, as the exporter sent it; staleness markers never arrive here.</param>
public readonly record struct Sample(long UnixMilliseconds, double Value);
