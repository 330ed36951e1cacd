using System.Text.Json.Serialization;
using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Api;

/// <summary>One metric over a run's window; min, max, avg and p95 in unit, the integral in integral_unit.</summary>
/// <param name="Name">Such as node.cpu.</param>
/// <param name="Unit">Such as cores.</param>
/// <param name="IntegralUnit">Such as core-seconds.</param>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
/// <param name="Avg">Average over time.</param>
/// <param name="P95">Not exceeded for 95 % of the time.</param>
/// <param name="Integral">The value summed over time.</param>
/// <param name="Samples">Raw samples that the figures rest on.</param>
// A series may hold NaN: then this figure is "NaN", where the default would fail the whole reply.
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record MetricResponse(
    string Name, string Unit, string IntegralUnit, double Min, double Max, double Avg, double P95, double Integral, int Samples)
{
    internal static MetricResponse From(MetricSummary metric) => new(
        metric.Name,
        metric.Unit,
        metric.IntegralUnit,
        metric.Min,
        metric.Max,
        metric.Average,
        metric.P95,
        metric.Integral,
        metric.Samples);
}
