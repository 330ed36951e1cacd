namespace Telemetry.Collector.Quotas.Log;

/// <summary>Where reservations, limits and grants are kept. Configuration section <c>Collector:Quota</c>; checked at start-up.</summary>
public sealed class StateLogOptions
{
    /// <summary>
    /// The compacted Kafka topic, at the brokers of <c>Collector:Kafka</c>. It must be there, with <c>cleanup.policy=compact</c>; how many
    /// partitions it has is for ever. Default <c>quota_state</c>.
    /// </summary>
    public string StateTopic { get; set; } = "quota_state";

    /// <summary>The DuckDB file that holds it in the embedded mode, relative to the working directory. Default <c>data/quota.duckdb</c>.</summary>
    public string StatePath { get; set; } = "data/quota.duckdb";

    /// <summary>How long one record may wait for its acknowledgement. 100 ms to 1 minute; default 5 s.</summary>
    public TimeSpan StateTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
