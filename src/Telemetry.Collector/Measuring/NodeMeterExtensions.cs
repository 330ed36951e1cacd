using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>Shorter forms of calls to a meter.</summary>
public static class NodeMeterExtensions
{
    /// <summary>Measures one run.</summary>
    public static async Task<PrometheusResult<Measurement>> MeasureAsync(
        this INodeMeter meter, MeterRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return (await meter.MeasureAsync([request], cancellationToken))[0];
    }
}
