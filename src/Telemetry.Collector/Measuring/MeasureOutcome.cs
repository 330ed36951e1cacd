using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Measuring;

/// <summary>What came out of one run: a measurement to be saved, or the reason to try again.</summary>
internal sealed record MeasureOutcome(Run Run, PrometheusResult<Measurement> Result);
