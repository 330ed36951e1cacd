using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>The scrape target that reports on a node.</summary>
internal sealed record NodeTarget(string Instance, string Job)
{
    public PrometheusSelector Restrict(PrometheusSelector selector) => selector.Where("instance", Instance).Where("job", Job);

    public override string ToString() => $"instance \"{Instance}\" of job \"{Job}\"";
}
