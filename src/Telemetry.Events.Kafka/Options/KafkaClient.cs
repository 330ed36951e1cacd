namespace Telemetry.Events.Kafka;

/// <summary>Which way events are handed to librdkafka.</summary>
public enum KafkaClient
{
    /// <summary>
    /// Through librdkafka's C API, without a copy and without an allocation for each event. The managed way is taken, with a warning
    /// in the log, where the process or the library does not allow it.
    /// </summary>
    Native = 0,

    /// <summary>Through Confluent.Kafka's public API.</summary>
    Managed,
}
