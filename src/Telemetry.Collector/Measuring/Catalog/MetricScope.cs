namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>What a target's series count.</summary>
public enum MetricScope
{
    /// <summary>All that runs on the node: a run's part of it has to be told apart.</summary>
    Node,

    /// <summary>The run alone, as a pod of its own does.</summary>
    Run,
}
