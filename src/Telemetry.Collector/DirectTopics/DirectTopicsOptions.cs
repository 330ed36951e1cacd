namespace Telemetry.Collector.DirectTopics;

/// <summary>
/// The topics that become tables without a hop through this process. Configuration section <c>Collector:DirectTopics</c>; checked at
/// start-up.
/// </summary>
public sealed class DirectTopicsOptions
{
    public const string SectionName = "Collector:DirectTopics";

    /// <summary>Who writes them. Default: ClickHouse where its address is set, else Off.</summary>
    public DirectTopicsMode? Mode { get; set; }

    /// <summary>The topics of the built-in catalog. Default: the audit, transfer and credit topics.</summary>
    public IList<string> Topics { get; } = [];

    /// <summary>Assemblies that declare a service's own events; all their topics become tables. None of their code runs. Default: none.</summary>
    public IList<string> Assemblies { get; } = [];

    /// <summary>
    /// The brokers as ClickHouse reaches them, in a form of <c>KafkaConnectionString</c>. A secret: it goes into a named collection and
    /// into no table. Default: the Collector's own (<c>Collector:Kafka:ConnectionString</c>, KAFKA_DIRECT_URL).
    /// </summary>
    public string? Kafka { get; set; }

    /// <summary>The named collection in ClickHouse that holds the brokers and the login. Default <c>telemetry_kafka</c>.</summary>
    public string NamedCollection { get; set; } = "telemetry_kafka";

    /// <summary>The consumer group is this, a hyphen and the topic. Default <c>telemetry-direct</c>.</summary>
    public string GroupPrefix { get; set; } = "telemetry-direct";

    /// <summary>Consumers of each Kafka table, at most as many as the topic's partitions. 1 to 64; default 1.</summary>
    public int ConsumersPerTopic { get; set; } = 1;

    /// <summary>The longest that a record waits for its block to be written. 100 ms to 1 minute; default 2 s.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most rows of one block. 1,000 to 10,000,000; default 65,536.</summary>
    public int MaxBlockRows { get; set; } = 65_536;

    /// <summary>Days that rows are kept, counted from the record's timestamp in Kafka. 1 to 36,500; default: for ever.</summary>
    public int? RetentionDays { get; set; }

    /// <summary>How much time a partition of a table holds. Default Month. It cannot be changed later.</summary>
    public PartitionSpan PartitionBy { get; set; } = PartitionSpan.Month;

    /// <summary>Readiness fails when records wait in Kafka and none was taken for this long. 1 s to 1 hour; default 1 minute.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often Kafka's offsets are compared with those taken. 1 s to 10 minutes; default 10 s.</summary>
    public TimeSpan ProofInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The DuckDB file of the embedded mode, relative to the working directory. Default <c>data/direct.duckdb</c>.</summary>
    public string Path { get; set; } = "data/direct.duckdb";
}
