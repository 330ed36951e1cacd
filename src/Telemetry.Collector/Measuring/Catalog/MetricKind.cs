namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>How a metric's samples become figures.</summary>
public enum MetricKind
{
    /// <summary>Grows until it is reset; its rate and its increase are wanted.</summary>
    Counter,

    /// <summary>Goes up and down; its value is wanted.</summary>
    Gauge,
}
