namespace Telemetry.Events.Kafka;

/// <summary>How the records of a request are compressed.</summary>
public enum KafkaCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>gzip: what Event Hubs takes on its upper tiers.</summary>
    Gzip,

    /// <summary>Snappy.</summary>
    Snappy,

    /// <summary>LZ4.</summary>
    Lz4,

    /// <summary>Zstandard. Needs brokers of 2.1 or later.</summary>
    Zstd,
}
