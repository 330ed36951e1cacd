namespace Telemetry.Collector.Ingestion;

/// <summary>Where the Collector reads run events. Configuration section <c>Collector:Kafka</c>; checked at start-up.</summary>
public sealed class IngestionOptions
{
    public const string SectionName = "Collector:Kafka";

    /// <summary>The brokers, in a form of <c>KafkaConnectionString</c>. Required. Default: environment variable KAFKA_DIRECT_URL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The consumer group; instances of one group share the partitions. Default <c>telemetry-collector</c>.</summary>
    public string GroupId { get; set; } = "telemetry-collector";

    /// <summary>Topic of the weight loading events. Default <c>xumi_load</c>.</summary>
    public string LoadTopic { get; set; } = "xumi_load";

    /// <summary>Topic of the task events. Default <c>xumi_task</c>.</summary>
    public string TaskTopic { get; set; } = "xumi_task";

    /// <summary>The most records stored in one transaction. 1 to 100,000; default 1,000.</summary>
    public int MaxBatchRecords { get; set; } = 1000;

    /// <summary>How long a batch that is not full waits for more records. 1 ms to 1 minute; default 100 ms.</summary>
    public TimeSpan MaxBatchWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The pause after a failed write to the store; it doubles up to one minute. 1 ms to 1 minute; default 500 ms.</summary>
    public TimeSpan StoreRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Readiness fails when records wait and none was stored for this long. 1 s to 1 hour; default 30 s.
    /// </summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
