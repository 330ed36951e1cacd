using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring;

/// <summary>The catalog of what is measured, by node exporter's names.</summary>
public static class NodeMetrics
{
    /// <summary>
    /// Busy CPU time of the whole node. Not idle and iowait, which are waiting, nor steal, which another machine used; guest
    /// time is a part of user time already.
    /// </summary>
    public static readonly NodeMetric Cpu = Counter("node.cpu", "cores", "core-seconds", PrometheusSelector
        .For("node_cpu_seconds_total").WhereNot("mode", "idle").WhereNot("mode", "iowait").WhereNot("mode", "steal"));

    /// <summary>Memory that could not be given to a new process: total less available, so caches do not count.</summary>
    public static readonly NodeMetric MemoryUsed = new("node.memory.used", "bytes", "byte-seconds", NodeMetricKind.Gauge,
    [
        new(PrometheusSelector.For("node_memory_MemTotal_bytes")),
        new(PrometheusSelector.For("node_memory_MemAvailable_bytes"), Sign: -1),
    ]);

    /// <summary>Bytes received on all network devices but loopback.</summary>
    public static readonly NodeMetric NetworkReceive = Counter("node.network.receive", "bytes-per-second", "bytes",
        PrometheusSelector.For("node_network_receive_bytes_total").WhereNot("device", "lo"));

    /// <summary>Bytes sent on all network devices but loopback.</summary>
    public static readonly NodeMetric NetworkTransmit = Counter("node.network.transmit", "bytes-per-second", "bytes",
        PrometheusSelector.For("node_network_transmit_bytes_total").WhereNot("device", "lo"));

    public static readonly IReadOnlyList<NodeMetric> All = [Cpu, MemoryUsed, NetworkReceive, NetworkTransmit];

    private static NodeMetric Counter(string name, string unit, string integralUnit, PrometheusSelector selector) =>
        new(name, unit, integralUnit, NodeMetricKind.Counter, [new(selector)]);
}
