namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>One figure of a metric over a window.</summary>
public enum MetricAggregation
{
    /// <summary>The value summed over time; of a counter, its increase.</summary>
    Integral,

    /// <summary>The integral divided by the window's length.</summary>
    Average,

    /// <summary>Lowest value.</summary>
    Min,

    /// <summary>Highest value.</summary>
    Max,

    /// <summary>Not exceeded for 95 % of the time.</summary>
    P95,

    /// <summary>The run's part of a counter's increase.</summary>
    Own,
}
