namespace Telemetry.Events.Kafka;

/// <summary>
/// How events reach Kafka. Bound from the configuration section <c>TelemetryEvents:Kafka</c>; code wins over configuration,
/// configuration over the environment. Checked at start-up.
/// </summary>
public sealed class KafkaTransportOptions
{
    /// <summary>The configuration section: <c>TelemetryEvents:Kafka</c>.</summary>
    public const string SectionName = "TelemetryEvents:Kafka";

    /// <summary>The environment variable that is read where <see cref="ConnectionString"/> is not set: KAFKA_DIRECT_URL.</summary>
    public const string ConnectionStringVariable = "KAFKA_DIRECT_URL";

    /// <summary>The brokers, in a form of <see cref="KafkaConnectionString"/>. Required. Default: KAFKA_DIRECT_URL.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Further librdkafka properties; they win over the connection string's and over the SDK's own. Changing acks,
    /// enable.idempotence or partitioner gives up what the SDK promises by them.
    /// </summary>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How long a batch is tried before what is not acknowledged goes back to the publisher, which tries again. 1 s to 1 hour;
    /// default 30 s.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long librdkafka holds an event back for others to fill a request. Zero to 10 s; default zero: events come in batches
    /// already, for which they have waited <see cref="TelemetryEventsOptions.BatchDelay"/>, and the next batch of their keys waits for this one.
    /// </summary>
    public TimeSpan Linger { get; set; }

    /// <summary>How requests are compressed. Default: <see cref="KafkaCompression.Lz4"/>.</summary>
    public KafkaCompression Compression { get; set; } = KafkaCompression.Lz4;

    /// <summary>
    /// Whether each record has the header <c>content-type: application/cloudevents+json; charset=UTF-8</c>. Default: true. Without it
    /// sending costs about half, but consumers that tell CloudEvents by that header, as its Kafka binding has it, do not
    /// take the records for such; the SDK's own consumer and the Collector do not look at it.
    /// </summary>
    public bool ContentTypeHeader { get; set; } = true;

    /// <summary>Which way events are handed to librdkafka. Default: <see cref="KafkaClient.Native"/>.</summary>
    public KafkaClient Client { get; set; } = KafkaClient.Native;

    /// <summary>How often librdkafka's statistics become metrics. 1 s to 1 hour, or zero for never; default 15 s.</summary>
    public TimeSpan StatisticsInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Where the broker's name of a topic differs from the catalog's: the broker's by the catalog's. Default: none differs.
    /// </summary>
    public IDictionary<string, string> TopicNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Fetches the access token for <c>sasl.mechanism=OAUTHBEARER</c>; called from a thread of the transport before the first
    /// connection and again ahead of each token's expiry. Default: none, so that librdkafka's own OAUTHBEARER properties hold.
    /// </summary>
    public Func<CancellationToken, ValueTask<KafkaAccessToken>>? AccessTokenProvider { get; set; }
}
