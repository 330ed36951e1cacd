namespace Telemetry.Collector.Storage;

/// <summary>Which engine keeps runs, completeness and the Collector's own dead letters.</summary>
public enum StorageMode
{
    /// <summary>A DuckDB file of this process.</summary>
    DuckDb,

    /// <summary>The ClickHouse of <c>Collector:ClickHouse</c>.</summary>
    ClickHouse,
}
