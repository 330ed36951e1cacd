using System.ComponentModel.DataAnnotations;

namespace Telemetry.Collector.Storage;

/// <summary>Where runs and dead letters are kept; section <c>Collector:Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Collector:Storage";

    /// <summary>
    /// The DuckDB file, relative to the working directory; created, with its directory, where missing. Default
    /// <c>data/telemetry.duckdb</c>. <c>:memory:</c> keeps nothing after the process ends.
    /// </summary>
    [Required(ErrorMessage = "Collector:Storage:Path is empty. Set it to a file, such as data/telemetry.duckdb.")]
    public string Path { get; set; } = "data/telemetry.duckdb";
}
