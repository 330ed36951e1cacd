namespace Telemetry.Events.Kafka.Native;

/// <summary><c>rd_kafka_vtype_t</c>, as far as it is used.</summary>
internal enum NativeArgumentKind
{
    Topic = 2,
    Partition = 3,
    Value = 4,
    Key = 5,
    Opaque = 6,
    Header = 9,
}
