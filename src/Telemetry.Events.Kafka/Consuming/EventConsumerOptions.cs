namespace Telemetry.Events.Kafka;

/// <summary>
/// What a consumer reads and how. Bound from the configuration section <c>TelemetryEvents:Consumers:{name}</c>; code wins over
/// configuration, configuration over the environment. Checked at start-up.
/// </summary>
public sealed class EventConsumerOptions
{
    /// <summary>The configuration section that holds one section for each consumer: <c>TelemetryEvents:Consumers</c>.</summary>
    public const string SectionName = "TelemetryEvents:Consumers";

    /// <summary>The brokers, in a form of <see cref="KafkaConnectionString"/>. Required. Default: KAFKA_DIRECT_URL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The consumer group; instances of one group share the partitions, and its committed offsets outlive them. Required.</summary>
    public string? GroupId { get; set; }

    /// <summary>The topics. At least one.</summary>
    public IList<string> Topics { get; } = [];

    /// <summary>Where a group begins that has committed nothing yet. Default: Earliest.</summary>
    public EventConsumerStart StartAt { get; set; } = EventConsumerStart.Earliest;

    /// <summary>The most records handled and committed at once. 1 to 100,000; default 1,000.</summary>
    public int MaxBatchEvents { get; set; } = 1000;

    /// <summary>
    /// A batch is full with this many bytes of values too. 1,024 to 1,000,000,000; default 16 MiB. What librdkafka fetches ahead is
    /// bounded on its own, by <c>queued.max.messages.kbytes</c>.
    /// </summary>
    public int MaxBatchBytes { get; set; } = 16 << 20;

    /// <summary>How long a batch that is not full waits for more records after its first. Zero to 1 minute; default 100 ms.</summary>
    public TimeSpan MaxBatchWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The pause after a handler's first failure; it doubles, with jitter, up to <see cref="RetryMaxDelay"/>. 1 ms to 10 minutes;
    /// default 500 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause between two attempts. <see cref="RetryDelay"/> to 1 hour; default 1 minute.</summary>
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a partition that goes to another consumer is held back for the handler to finish what it has of it. What it has not
    /// finished then is read again over there. Zero to 5 minutes; default 10 s.
    /// </summary>
    public TimeSpan RebalanceTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long stopping may take. Four fifths of it are the handler's, to finish; then it is cancelled, and what is handled is
    /// committed, if the broker answers in what is left. Keep it below the host's own <c>ShutdownTimeout</c>. Zero to 10 minutes;
    /// default 10 s.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The health check says unhealthy when records wait and none was handled for this long. 1 s to 1 hour; default 30 s.
    /// </summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Further librdkafka properties; they win over the connection string's and over the SDK's own, but for those that the promise
    /// about offsets rests on (<c>enable.auto.commit</c>, <c>enable.auto.offset.store</c>), which are refused.
    /// </summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>As <see cref="KafkaTransportOptions.AccessTokenProvider"/>. Default: none.</summary>
    public Func<CancellationToken, ValueTask<KafkaAccessToken>>? AccessTokenProvider { get; set; }
}
