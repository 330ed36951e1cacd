using System.Diagnostics.Metrics;
using Telemetry.Collector.Observability;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>An instrument of the meter <c>Telemetry.Collector</c> about the usage that is to be read.</summary>
internal sealed class UsageMetrics
{
    public UsageMetrics(IMeterFactory meters, QuotaProgress progress) => meters.Create(CollectorMeter.Name).CreateObservableGauge(
        "telemetry.collector.quota.lag",
        () => progress.Partitions.GroupBy(partition => partition.Topic).Select(topic => new Measurement<long>(
            topic.Sum(partition => partition.Lag), new KeyValuePair<string, object?>("topic", topic.Key))),
        "{record}", "Records of the usage topics that wait to be read.");
}
