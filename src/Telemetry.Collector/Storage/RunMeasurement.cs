using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Storage;

/// <summary>What was measured of one run.</summary>
public sealed record RunMeasurement(string RunId, Measurement Measurement);
