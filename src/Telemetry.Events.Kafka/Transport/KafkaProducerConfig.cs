using Confluent.Kafka;

namespace Telemetry.Events.Kafka;

/// <summary>What the SDK sets on a producer, and in which order the sources win.</summary>
internal static class KafkaProducerConfig
{
    // Key, headers and framing come on top of the body that the publisher has measured.
    private const int RecordOverhead = 16 * 1024;
    private const int DefaultMessageMaxBytes = 1_000_000;

    public static ProducerConfig Create(KafkaTransportOptions options, TelemetryEventsOptions events)
    {
        var connection = KafkaConnectionString.Parse(options.ConnectionString);
        var config = new ProducerConfig
        {
            BootstrapServers = connection.BootstrapServers,
            ClientId = events.ServiceName,
            Acks = Acks.All,
            EnableIdempotence = true,
            // The Java client and the REST proxies place keys by murmur2; with librdkafka's own default one key would have two
            // partitions, depending on the transport.
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = options.Linger.TotalMilliseconds,
            MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds,
            MessageMaxBytes = Math.Max(DefaultMessageMaxBytes, events.MaxEventBytes + RecordOverhead),
            SocketKeepaliveEnable = true,
            CompressionType = Enum.Parse<CompressionType>(options.Compression.ToString()),
            StatisticsIntervalMs = (int)options.StatisticsInterval.TotalMilliseconds,
        };
        foreach (var (name, value) in connection.Properties)
            config.Set(name, value);
        foreach (var (name, value) in options.Properties)
            config.Set(name, value);
        return config;
    }

    /// <summary>Why a property cannot be set here, as the end of a sentence; null where it can.</summary>
    public static string? WhyRefused(string property) => property switch
    {
        "transactional.id" => "asks for transactions, which the transport does not open: nothing would be sent",
        "delivery.report.only.error" => "keeps acknowledgements back: no event would ever count as delivered",
        _ when property.StartsWith("dotnet.", StringComparison.Ordinal) => "is Confluent.Kafka's own, and none of librdkafka's",
        _ => null,
    };
}
