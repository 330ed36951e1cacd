namespace Telemetry.Collector.Prometheus;

/// <summary>Makes results; here because a conversion from an interface type cannot be declared.</summary>
public static class PrometheusResult
{
    public static PrometheusResult<T> Of<T>(T value)
        where T : class => new(value, null);
}
