namespace Telemetry.Collector.Storage;

/// <summary>Where runs, completeness and dead letters are kept; section <c>Collector:Storage</c>. Checked at start-up.</summary>
public sealed class StorageOptions
{
    public const string Section = "Collector:Storage";

    /// <summary>The engine. Default: ClickHouse where its address is set, else DuckDb.</summary>
    public StorageMode? Mode { get; set; }

    /// <summary>
    /// The DuckDB file, relative to the working directory; created, with its directory, where missing. Default
    /// <c>data/telemetry.duckdb</c>. <c>:memory:</c> keeps nothing after the process ends.
    /// </summary>
    public string Path { get; set; } = "data/telemetry.duckdb";

    /// <summary>
    /// Days that a run is kept, counted from its start. From OrphanAfter and LongestWindow of <c>Collector:Measuring</c> together to 36,500;
    /// default: for ever.
    /// </summary>
    public int? RetentionDays { get; set; }
}
