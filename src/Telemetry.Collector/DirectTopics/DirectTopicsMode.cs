namespace Telemetry.Collector.DirectTopics;

/// <summary>Who writes the direct topics to tables.</summary>
public enum DirectTopicsMode
{
    /// <summary>Nobody, as far as this Collector knows.</summary>
    Off,

    /// <summary>ClickHouse, by its own Kafka engine; this process makes the tables and proves that nothing is missing.</summary>
    ClickHouse,

    /// <summary>This process, into a DuckDB file with the same columns.</summary>
    Embedded,
}
